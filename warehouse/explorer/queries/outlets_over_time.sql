-- outlets_over_time
-- Grain    one row per day, week or month and host, of the eight that published most
-- Reads    core.articles, raw.pages
-- Answers  Who publishes how much over time?
-- Empty    No article has a date of publication in this time: take the filter away.
WITH dated AS (
    SELECT date_trunc($per, a.published_at) AS moment, p.host, coalesce(p.canonical_url, p.url) AS story
    FROM core.articles AS a
    JOIN raw.pages AS p USING (page_id)
    WHERE a.published_at IS NOT NULL
        AND a.lang = $lang
        AND a.published_at >= $since::TIMESTAMPTZ
        AND a.published_at < $until::TIMESTAMPTZ
), most AS (
    SELECT host FROM dated GROUP BY host ORDER BY count(DISTINCT story) DESC, host LIMIT 8
)
SELECT moment, host, count(*) AS article_count, count(DISTINCT story) AS story_count
FROM dated
JOIN most USING (host)
GROUP BY moment, host
ORDER BY moment, host
