-- site_ranks
-- Grain    one row per headline and moment, of the twelve that stood longest
-- Reads    core.listing_items, raw.pages
-- Answers  Which headlines stood longest, and at which rank?
-- Empty    No listing of this kind was captured: take the filter away.
WITH items AS (
    SELECT
        coalesce(i.headline_folded, i.headline) AS story, i.headline, i.url, coalesce(i.rank, i.position) AS rank,
        min(i.observed_at) OVER (PARTITION BY time_bucket(to_seconds($step), i.observed_at)) AS moment
    FROM core.listing_items AS i
    JOIN raw.pages AS p USING (page_id)
    WHERE p.host = $host
        AND i.kind = $kind
        AND i.label = $label
        AND i.observed_at >= $since::TIMESTAMPTZ
        AND i.observed_at < $until::TIMESTAMPTZ
), stories AS (
    SELECT story, arg_max(headline, moment) AS headline, any_value(url) AS url, count(DISTINCT moment) AS moment_count, min(rank) AS best_rank
    FROM items
    GROUP BY story
    ORDER BY moment_count DESC, best_rank, story
    LIMIT 12
)
SELECT s.headline, i.moment, min(i.rank) AS rank, s.moment_count, s.best_rank, s.url
FROM items AS i
JOIN stories AS s USING (story)
GROUP BY i.story, s.headline, i.moment, s.moment_count, s.best_rank, s.url
ORDER BY s.moment_count DESC, s.best_rank, i.story, i.moment
