-- site_listings
-- Grain    one row per kind and heading of a listing on the host's pages
-- Reads    core.listing_items, raw.pages
-- Answers  Which listings does it show?
-- Empty    No listing was found on its pages.
SELECT
    i.kind, i.label, count(DISTINCT i.page_id) AS capture_count, count(DISTINCT coalesce(i.url, i.headline)) AS story_count,
    count(*) AS item_count, min(i.observed_at) AS first_seen_at, max(i.observed_at) AS last_seen_at
FROM core.listing_items AS i
JOIN raw.pages AS p USING (page_id)
WHERE p.host = $host
GROUP BY i.kind, i.label
ORDER BY capture_count DESC, i.kind, i.label
