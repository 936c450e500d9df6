-- search_headlines
-- Grain    one row per headline that matches, on one host
-- Reads    search_headlines
-- Answers  Which headlines of listings say this, and how long did they stand?
-- Empty    Nothing matches. Use fewer words, OR between them, or take a filter away; a word ends in * to stand for all that begin with it.
SELECT headline, host, kind, first_seen_at, last_seen_at, seen_count, target_url, score, page_id
FROM search_headlines(
    $query
    , most := $most
    , host := $host
    , since := $since
    , until := $until
)
ORDER BY score DESC, headline, host
