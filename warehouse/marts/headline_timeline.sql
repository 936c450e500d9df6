-- mart.headline_timeline
-- Grain    one headline in one kind of listing of one host, leading to one address
-- Reads    core.listing_items, mart.sightings, mart.story_urls, url_key
-- Answers  How long did a site show a headline, where and how far up, and does it ever leave?
-- Columns
--   host             Host that shows it.
--   kind             Kind of listing; core.listing_items.
--   headline         Headline, as last shown.
--   headline_folded  The same for search and comparison; as shown in rows loaded before it was folded.
--   target_url       Where it leads, as last shown; null in text that has lost its links.
--   first_seen_at    When it was first seen there.
--   last_seen_at     When it was last seen there.
--   capture_count    Times that a page with it was seen.
--   seen_share       capture_count among the times that any page of the host with a listing of this kind was seen, from the first to the last of these, 0..1.
--   best_rank        Best rank: the printed one, else the place in the listing, 1-based.
--   last_rank        Rank when it was last seen.
--   comment_count    Most comments that were printed beside it.
--   is_evergreen     On more than nine in ten of these pages over more than 30 days: navigation, or an advertisement of the house.
--   page_id          Its article, the newest capture; null where it was never captured.
WITH seen AS (
    SELECT s.host, i.kind, s.page_id, s.observed_at, row_number() OVER (PARTITION BY s.host, i.kind ORDER BY s.observed_at, s.page_id) AS number
    FROM (SELECT DISTINCT page_id, kind FROM core.listing_items) AS i
    JOIN mart.sightings AS s USING (page_id)
),
addresses AS (  -- each once: a key may take regular expressions, and most addresses are listed again and again
    SELECT a.url, a.url_key, u.page_id
    FROM (SELECT url, url_key(url) AS url_key FROM (SELECT DISTINCT url FROM core.listing_items WHERE url IS NOT NULL)) AS a
    LEFT JOIN mart.story_urls AS u USING (url_key)
),
shown AS (
    SELECT
        s.host, i.kind, coalesce(i.headline_folded, i.headline) AS headline_folded, a.url_key, any_value(a.page_id) AS page_id,
        max_by(i.headline, s.number * 100000000 - i.place) AS headline, max_by(i.url, s.number * 100000000 - i.place) AS target_url,
        min(s.observed_at) AS first_seen_at, max(s.observed_at) AS last_seen_at,
        list_unique(list(s.number))::BIGINT AS capture_count,  -- half as dear as count(DISTINCT)
        max(s.number) - min(s.number) + 1 AS possible_count,
        min(i.rank) AS best_rank, max_by(i.rank, s.number * 100000000 - i.place) AS last_rank,
        max(i.comment_count) AS comment_count
    FROM (  -- of a headline that one page shows twice the better place counts, in whatever order rows lie
        SELECT
            page_id, kind, headline, headline_folded, url, comment_count, coalesce(rank, position) AS rank,
            coalesce(rank, position)::BIGINT * 1000 + listing_number AS place
        FROM core.listing_items
    ) AS i
    JOIN seen AS s ON s.page_id = i.page_id AND s.kind = i.kind
    LEFT JOIN addresses AS a ON a.url = i.url
    GROUP BY s.host, i.kind, coalesce(i.headline_folded, i.headline), a.url_key
)
SELECT
    host,
    kind,
    headline,
    headline_folded,
    target_url,
    first_seen_at,
    last_seen_at,
    capture_count,
    capture_count / possible_count AS seen_share,
    best_rank,
    last_rank,
    comment_count,
    capture_count / possible_count > 0.9 AND epoch(last_seen_at) - epoch(first_seen_at) > 30 * 86400 AS is_evergreen,
    page_id
FROM shown
