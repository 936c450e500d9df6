-- topics
-- Grain    one row per topic
-- Reads    core.listing_items, raw.pages
-- Answers  Which topics do listings print?
-- Empty    No listing of these pages prints topics beside its items.
SELECT
    i.topic, count(*) AS item_count, count(DISTINCT coalesce(i.url, i.headline)) AS story_count, count(DISTINCT p.host) AS host_count,
    min(i.observed_at) AS first_seen_at, max(i.observed_at) AS last_seen_at
FROM core.listing_items AS i
JOIN raw.pages AS p USING (page_id)
WHERE i.topic IS NOT NULL
    AND p.host = $host
    AND i.observed_at >= $since::TIMESTAMPTZ
    AND i.observed_at < $until::TIMESTAMPTZ
GROUP BY i.topic
ORDER BY item_count DESC, i.topic
