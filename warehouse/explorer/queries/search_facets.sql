-- search_facets
-- Grain    one row per host, language and month of the articles that match
-- Reads    search_articles
-- Answers  Where, in which language and when is it said?
-- Empty    Nothing matches. Use fewer words, OR between them, or take a filter away; a word ends in * to stand for all that begin with it.
SELECT
    CASE grouping(host, lang, month) WHEN 3 THEN 'host' WHEN 5 THEN 'lang' ELSE 'month' END AS facet,
    coalesce(host, lang, month) AS value, count(*) AS article_count
FROM (
    SELECT host, lang, strftime(published_at, '%Y-%m') AS month
    FROM search_articles(
        $query
        , most := 1000000
        , host := $host
        , lang := $lang
        , since := $since
        , until := $until
        , stories := $stories
    )
)
GROUP BY GROUPING SETS ((host), (lang), (month))
HAVING coalesce(host, lang, month) != ''
ORDER BY facet, article_count DESC, value
