-- search_hits
-- Grain    one row per article that matches
-- Reads    search_articles
-- Answers  Which articles say this, best first?
-- Empty    Nothing matches. Use fewer words, OR between them, or take a filter away; a word ends in * to stand for all that begin with it.
SELECT title, published_at, host, lang, snippet, score, url, page_id, story_id
FROM search_articles(
    $query
    , most := $most
    , host := $host
    , lang := $lang
    , since := $since
    , until := $until
    , stories := $stories
)
ORDER BY score DESC, page_id
