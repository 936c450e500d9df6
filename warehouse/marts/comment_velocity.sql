-- mart.comment_velocity
-- Grain    one story at one moment at which listings of one host printed how many comments it has
-- Reads    core.listing_items, raw.pages, mart.story_urls, url_key
-- Answers  How fast does a story gather comments?
-- Columns
--   host                     Host that prints the count.
--   target_url               Where the item leads.
--   headline                 Headline of the item, as shown.
--   observed_at              When it was seen.
--   comment_count            Comments as printed; the most where it was printed twice.
--   previous_observed_at     When the count was seen the time before; null at the first.
--   new_comment_count        Comments since then; fewer than none where some were deleted.
--   comments_per_hour        The same by the hours between.
--   page_id                  Its article, the newest capture; null where it was never captured.
WITH counts AS (
    SELECT
        p.host, coalesce(url_key(i.url), i.headline) AS target, any_value(url_key(i.url)) AS url_key, i.observed_at,
        max(i.comment_count) AS comment_count, min(i.url) AS target_url, min(i.headline) AS headline
    FROM core.listing_items AS i
    JOIN raw.pages AS p USING (page_id)
    WHERE i.comment_count IS NOT NULL
    GROUP BY p.host, coalesce(url_key(i.url), i.headline), i.observed_at
),
followed AS (
    SELECT
        host, url_key, observed_at, comment_count, target_url, headline,
        lag(observed_at) OVER target AS previous_observed_at, lag(comment_count) OVER target AS previous_count
    FROM counts
    WINDOW target AS (PARTITION BY host, target ORDER BY observed_at)
)
SELECT
    f.host,
    f.target_url,
    f.headline,
    f.observed_at,
    f.comment_count,
    f.previous_observed_at,
    f.comment_count - f.previous_count AS new_comment_count,
    (f.comment_count - f.previous_count) / nullif((epoch(f.observed_at) - epoch(f.previous_observed_at)) / 3600, 0) AS comments_per_hour,
    u.page_id
FROM followed AS f
LEFT JOIN mart.story_urls AS u USING (url_key)
