-- mart.field_drift
-- Grain    one row per host, field of its articles and, unless candidate is null, candidate that won it; of hosts that loaded 5 articles or more today and 20 or more in the 14 days before; today as in mart.source_health
-- Reads    mart.clock, ops.runs, raw.pages, core.articles, core.evidence
-- Answers  Which fields are no longer found on the pages of a host, and which candidates stopped winning: has a site changed its pages?
-- Columns
--   host                 Host of the pages.
--   field                Field of the article, as in core.evidence.
--   candidate            Candidate that won; null in the row of the field as a whole.
--   usual_article_count  Articles of the host in the 14 days (UTC) before today.
--   today_article_count  Articles of the host today.
--   usual_share          Articles among the usual ones in which the field is filled, or the candidate has won, 0..1.
--   today_share          The same of today.
--   is_drifting          usual_share is .5 or more, and today_share half of it or less; of a candidate a tenth of it or less.
WITH runs AS (
    SELECT r.run_id, (r.started_at AT TIME ZONE 'UTC')::DATE = c.today AS is_today
    FROM ops.runs AS r JOIN mart.clock AS c ON r.started_at <= c.as_of AND (r.started_at AT TIME ZONE 'UTC')::DATE >= c.today - 14
),
pages AS (
    SELECT p.page_id, p.host, r.is_today
    FROM raw.pages AS p JOIN runs AS r USING (run_id) SEMI JOIN core.articles USING (page_id)
    WHERE p.host != ''
),
hosts AS (
    SELECT host, count(*) FILTER (NOT is_today) AS usual_article_count, count(*) FILTER (is_today) AS today_article_count
    FROM pages
    GROUP BY host
    HAVING today_article_count >= 5 AND usual_article_count >= 20
),
found AS (
    SELECT
        p.host, e.field, e.source AS candidate, grouping(e.source) = 1 AS is_whole,
        count(e.value) FILTER (NOT p.is_today) AS usual_count, count(e.value) FILTER (p.is_today) AS today_count
    FROM core.evidence AS e JOIN pages AS p USING (page_id) SEMI JOIN hosts AS h ON p.host = h.host
    WHERE NOT starts_with(e.field, 'listing_') AND e.field NOT IN ('url', 'page_kind', 'cloak', 'observed_after') -- not of the article
    GROUP BY GROUPING SETS ((p.host, e.field), (p.host, e.field, e.source))
)
SELECT
    f.host,
    f.field,
    f.candidate,
    h.usual_article_count,
    h.today_article_count,
    f.usual_count / h.usual_article_count AS usual_share,
    f.today_count / h.today_article_count AS today_share,
    f.usual_count / h.usual_article_count >= 0.5
        AND f.today_count / h.today_article_count
            <= f.usual_count / h.usual_article_count * CASE WHEN f.candidate IS NULL THEN 0.5 ELSE 0.1 END AS is_drifting
FROM found AS f JOIN hosts AS h USING (host)
WHERE f.is_whole OR f.candidate IS NOT NULL
