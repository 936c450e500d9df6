-- article_listings
-- Grain    one row per item of a listing on the page
-- Reads    core.listing_items
-- Answers  What stands around the article?
-- Empty    No listing was found on the page.
SELECT listing_number, kind, label, position, rank, headline, topic, listed_at, comment_count, url
FROM core.listing_items
WHERE page_id = $page_id
ORDER BY listing_number, position
