-- search_attention
-- Grain    one row per day, week or month
-- Reads    attention
-- Answers  How much is written of it over time, and which share of all is that?
-- Empty    Nothing matches. Use fewer words, OR between them, or take a filter away; a word ends in * to stand for all that begin with it.
SELECT period, matching_count, article_count, share
FROM attention(
    $query
    , per := $per
    , host := $host
    , lang := $lang
    , stories := $stories
)
ORDER BY period
