-- mart.source_quality
-- Grain    one host of a page
-- Reads    raw.pages, core.articles, ops.rejects, mart.hosts
-- Answers  How far can the rows of a site be trusted, and what is doubtful in them?
-- Columns
--   host               Host of the pages; empty for file: URLs.
--   outlet_id          Outlet of the host; mart.hosts.
--   capture_count      Captures of the host.
--   article_count      Those with an article.
--   rejected_count     Those that were rejected; front and list pages, which are no articles, are left out.
--   rejected_share     The same among those with an article or rejected, 0..1.
--   doubtful_count     Articles with any quality flag.
--   doubtful_share     The same among the articles, 0..1; null without any.
--   flags              Flag -> articles that have it.
--   minute_share       Articles whose time of publication is told to the minute, 0..1.
--   undated_count      Articles without a date.
--   unsigned_count     Articles without an author (no_author, placeholder_author).
--   repaired_count     Articles whose page restoration has changed.
--   lost_count         Characters or spans that are lost for good.
--   median_char_count  Median of the characters of a body.
WITH flags AS (
    SELECT host, map_from_entries(list({'key': flag, 'value': article_count} ORDER BY flag)) AS flags
    FROM (
        SELECT host, flag, count(*) AS article_count
        FROM (SELECT p.host, unnest(a.quality_flags) AS flag FROM core.articles AS a JOIN raw.pages AS p USING (page_id))
        GROUP BY host, flag
    )
    GROUP BY host
),
rejects AS (
    SELECT DISTINCT page_id FROM ops.rejects
    WHERE reason NOT IN ('not_article:front_page', 'not_article:list_page') AND replayed_at IS NULL
),
pages AS (
    SELECT
        p.host, count(*) AS capture_count, count(a.page_id) AS article_count,
        count(r.page_id) FILTER (a.page_id IS NULL) AS rejected_count,
        count(*) FILTER (len(a.quality_flags) > 0) AS doubtful_count,
        count(*) FILTER (a.published_precision = 'minute') AS minute_count,
        count(*) FILTER (a.page_id IS NOT NULL AND a.published_at IS NULL) AS undated_count,
        count(*) FILTER (list_has_any(a.quality_flags, ['no_author', 'placeholder_author'])) AS unsigned_count,
        count(*) FILTER (a.repair_count > 0) AS repaired_count,
        coalesce(sum(a.lost_count), 0)::BIGINT AS lost_count,
        median(a.char_count) AS median_char_count
    FROM raw.pages AS p
    LEFT JOIN core.articles AS a USING (page_id)
    LEFT JOIN rejects AS r USING (page_id)
    GROUP BY p.host
)
SELECT
    p.host,
    h.outlet_id,
    p.capture_count,
    p.article_count,
    p.rejected_count,
    p.rejected_count / nullif(p.article_count + p.rejected_count, 0) AS rejected_share,
    p.doubtful_count,
    p.doubtful_count / nullif(p.article_count, 0) AS doubtful_share,
    coalesce(f.flags, MAP {}) AS flags,
    p.minute_count / nullif(p.article_count, 0) AS minute_share,
    p.undated_count,
    p.unsigned_count,
    p.repaired_count,
    p.lost_count,
    p.median_char_count
FROM pages AS p
JOIN mart.hosts AS h USING (host)
LEFT JOIN flags AS f USING (host)
