-- mart.source_coverage
-- Grain    one host on one day (UTC), from the first to the last day on which any page of it was seen
-- Reads    raw.pages, core.articles, ops.fetches, ops.rejects, mart.sightings, mart.story_urls
-- Answers  Was there less news that day, or less crawling?
-- Columns
--   host                   Host of pages; file: URLs are left out.
--   day                    Day (UTC).
--   capture_count          Times that a page of it was seen.
--   article_count          Captures of that day with an article.
--   rejected_count         Captures of that day that were rejected; front and list pages, which are no articles, are left out.
--   failed_fetch_count     Requests of a harvest that were refused or failed.
--   published_count        Stories of that day by published_at (UTC), whenever they were captured.
--   section_count          Sections of these.
--   usual_capture_count    Median of capture_count over the 14 days before and the 14 after.
--   usual_published_count  Median of published_count over the same.
--   gap                    crawl: less than half as many pages as usual were seen. news: as many were, and less than half as many stories as usual were published. Else null.
WITH told AS (
    SELECT host, (observed_at AT TIME ZONE 'UTC')::DATE AS day, 'capture' AS what, NULL AS section FROM mart.sightings
    UNION ALL
    SELECT p.host, (p.observed_at AT TIME ZONE 'UTC')::DATE, 'article', NULL FROM core.articles AS a JOIN raw.pages AS p USING (page_id)
    UNION ALL
    SELECT p.host, (p.observed_at AT TIME ZONE 'UTC')::DATE, 'rejected', NULL
    FROM (
        SELECT DISTINCT page_id FROM ops.rejects
        WHERE reason NOT IN ('not_article:front_page', 'not_article:list_page') AND replayed_at IS NULL
    ) AS r
    JOIN raw.pages AS p USING (page_id)
    UNION ALL
    SELECT host, (requested_at AT TIME ZONE 'UTC')::DATE, 'failed', NULL FROM ops.fetches WHERE outcome IN ('refused', 'failed')
    UNION ALL
    SELECT p.host, (a.published_at AT TIME ZONE 'UTC')::DATE, 'published', coalesce(a.section, '')
    FROM (SELECT DISTINCT page_id FROM mart.story_urls) AS current
    JOIN core.articles AS a USING (page_id)
    JOIN raw.pages AS p USING (page_id)
    WHERE a.published_at IS NOT NULL
),
counts AS (
    SELECT
        host, day, count(*) FILTER (what = 'capture') AS capture_count, count(*) FILTER (what = 'article') AS article_count,
        count(*) FILTER (what = 'rejected') AS rejected_count, count(*) FILTER (what = 'failed') AS failed_fetch_count,
        count(*) FILTER (what = 'published') AS published_count, count(DISTINCT nullif(section, '')) AS section_count
    FROM told
    GROUP BY host, day
),
days AS (
    SELECT host, unnest(generate_series(min(day), max(day), INTERVAL 1 DAY))::DATE AS day
    FROM counts
    WHERE capture_count > 0 AND host != ''
    GROUP BY host
),
daily AS (
    SELECT
        d.host, d.day, coalesce(c.capture_count, 0) AS capture_count, coalesce(c.article_count, 0) AS article_count,
        coalesce(c.rejected_count, 0) AS rejected_count, coalesce(c.failed_fetch_count, 0) AS failed_fetch_count,
        coalesce(c.published_count, 0) AS published_count, coalesce(c.section_count, 0) AS section_count
    FROM days AS d
    LEFT JOIN counts AS c ON c.host = d.host AND c.day = d.day
),
usual AS (
    SELECT
        host, day, capture_count, article_count, rejected_count, failed_fetch_count, published_count, section_count,
        median(capture_count) OVER around AS usual_capture_count, median(published_count) OVER around AS usual_published_count
    FROM daily
    WINDOW around AS (PARTITION BY host ORDER BY day ROWS BETWEEN 14 PRECEDING AND 14 FOLLOWING EXCLUDE CURRENT ROW)
)
SELECT
    host,
    day,
    capture_count,
    article_count,
    rejected_count,
    failed_fetch_count,
    published_count,
    section_count,
    usual_capture_count,
    usual_published_count,
    CASE
        WHEN capture_count < usual_capture_count / 2 THEN 'crawl'
        WHEN published_count < usual_published_count / 2 THEN 'news'
    END AS gap
FROM usual
