-- topics_over_time
-- Grain    one row per day, week or month and topic, of the eight that were shown most
-- Reads    core.listing_items, raw.pages
-- Answers  Which topics rise and fall?
-- Empty    No listing of these pages prints topics beside its items.
WITH items AS (
    SELECT date_trunc($per, i.observed_at) AS moment, i.topic, coalesce(i.url, i.headline) AS story
    FROM core.listing_items AS i
    JOIN raw.pages AS p USING (page_id)
    WHERE i.topic IS NOT NULL
        AND p.host = $host
        AND i.observed_at >= $since::TIMESTAMPTZ
        AND i.observed_at < $until::TIMESTAMPTZ
), most AS (
    SELECT topic FROM items GROUP BY topic ORDER BY count(*) DESC, topic LIMIT 8
)
SELECT moment, topic, count(*) AS item_count, count(DISTINCT story) AS story_count
FROM items
JOIN most USING (topic)
GROUP BY moment, topic
ORDER BY moment, topic
