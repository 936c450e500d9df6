-- article_listed
-- Grain    one row per listing that showed the story
-- Reads    core.listing_items, raw.pages
-- Answers  Where was it listed, and at which rank?
-- Empty    No listing that was captured leads to it.
SELECT
    p.host, i.kind, i.label, i.headline, count(*) AS capture_count, min(coalesce(i.rank, i.position)) AS best_rank,
    min(i.observed_at) AS first_seen_at, max(i.observed_at) AS last_seen_at
FROM core.listing_items AS i
JOIN raw.pages AS p USING (page_id)
WHERE i.url = $url
    OR i.url = $canonical_url
GROUP BY p.host, i.kind, i.label, i.headline
ORDER BY capture_count DESC, p.host, i.kind, i.label, i.headline
