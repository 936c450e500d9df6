-- listing_items_of
-- Grain    one row per item of a listing on the capture $page_id, in page order
-- Reads    core.listing_items
-- Answers  Which stories did the page show beside its article?
SELECT
    listing_number, kind, label, position, headline, url, listed_at, listed_zone, listed_precision, listed_source, listed_text, topic,
    comment_count, like_count, read_count, rank
FROM core.listing_items
WHERE page_id = $page_id
ORDER BY listing_number, position
