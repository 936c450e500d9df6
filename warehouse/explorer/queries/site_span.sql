-- site_span
-- Grain    one row: first and last moment of the listings
-- Reads    core.listing_items, raw.pages
-- Answers  Over which time were they seen?
-- Empty    No listing of this kind was captured.
SELECT min(i.observed_at) AS since, max(i.observed_at) AS until
FROM core.listing_items AS i
JOIN raw.pages AS p USING (page_id)
WHERE p.host = $host
    AND i.kind = $kind
    AND i.label = $label
    AND i.observed_at >= $since::TIMESTAMPTZ
    AND i.observed_at < $until::TIMESTAMPTZ
