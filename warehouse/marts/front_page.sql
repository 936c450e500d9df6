-- mart.front_page
-- Grain    one item of one front or list page at one moment at which it was seen
-- Reads    core.listing_items, core.evidence, mart.sightings, mart.story_urls, url_key
-- Answers  What does a site lead with, and what did it at any moment before?
-- Columns
--   host            Host of the page.
--   page_url        URL of the front or list page.
--   page_kind       front_page, or list_page: a section, a ranking, an archive.
--   observed_at     When it was seen.
--   position        Place among all items of the page, from the top, 1-based.
--   headline        Headline, as shown.
--   target_url      Where it leads.
--   kind            Kind of the listing that it stands in; core.listing_items.
--   label           What heads that listing.
--   listing_number  Place of that listing on the page, 1-based.
--   topic           Topic printed beside it.
--   is_leading      Whether it is the first of the page.
--   page_id         Its article, the newest capture; null where it was never captured.
--   capture_id      The capture of the front or list page; raw.pages.
WITH kinds AS (
    SELECT page_id, value AS page_kind FROM core.evidence WHERE field = 'page_kind' AND value IN ('front_page', 'list_page')
),
items AS (
    SELECT
        i.page_id, k.page_kind, i.listing_number, i.kind, i.label, i.headline, i.url, i.topic,
        row_number() OVER (PARTITION BY i.page_id ORDER BY i.listing_number, i.position) AS position
    FROM core.listing_items AS i
    JOIN kinds AS k USING (page_id)
)
SELECT
    s.host,
    s.url AS page_url,
    i.page_kind,
    s.observed_at,
    i.position,
    i.headline,
    i.url AS target_url,
    i.kind,
    i.label,
    i.listing_number,
    i.topic,
    i.position = 1 AS is_leading,
    u.page_id,
    i.page_id AS capture_id
FROM items AS i
JOIN mart.sightings AS s USING (page_id)
LEFT JOIN mart.story_urls AS u ON u.url_key = url_key(i.url)
