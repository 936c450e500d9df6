-- mart.listing_rank_history
-- Grain    one item of one listing at one moment at which it was seen
-- Reads    core.listing_items, mart.sightings, mart.story_urls, url_key
-- Answers  Where in a listing did a story stand, and where the time before?
-- Columns
--   host               Host that shows it.
--   page_url           Page that shows it.
--   kind               Kind of the listing; core.listing_items.
--   label              What heads the listing.
--   listing_number     Place of the listing on the page, 1-based.
--   observed_at        When it was seen there.
--   position           Place in the listing, 1-based.
--   rank               Rank as printed.
--   previous_position  Its place in this listing of the page when the page was seen the time before; null where it was not there, or the page was not seen before.
--   headline           Headline, as shown.
--   target_url         Where it leads.
--   comment_count      Comments printed beside it.
--   page_id            Its article, the newest capture; null where it was never captured.
--   capture_id         The capture that shows it; raw.pages.
WITH seen AS (
    SELECT host, url, page_id, observed_at, lag(page_id) OVER (PARTITION BY url ORDER BY observed_at, page_id) AS previous_page_id
    FROM mart.sightings
),
items AS (
    SELECT
        page_id, kind, label, listing_number, position, rank, headline, url, comment_count, url_key(url) AS url_key,
        coalesce(url_key(url), headline) AS target
    FROM core.listing_items
),
before AS (
    SELECT page_id, kind, label, target, min(position) AS position
    FROM items
    WHERE page_id IN (SELECT previous_page_id FROM seen)
    GROUP BY page_id, kind, label, target
)
SELECT
    s.host,
    s.url AS page_url,
    i.kind,
    i.label,
    i.listing_number,
    s.observed_at,
    i.position,
    i.rank,
    b.position AS previous_position,
    i.headline,
    i.url AS target_url,
    i.comment_count,
    u.page_id,
    i.page_id AS capture_id
FROM items AS i
JOIN seen AS s USING (page_id)
LEFT JOIN before AS b
    ON b.page_id = s.previous_page_id AND b.kind = i.kind AND b.label IS NOT DISTINCT FROM i.label AND b.target = i.target
LEFT JOIN mart.story_urls AS u USING (url_key)
