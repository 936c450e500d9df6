-- mart.outlets_copied
-- Grain    one row per host whose articles are copied by other sites, or have excerpts there
-- Reads    core.copies, core.articles, raw.pages
-- Answers  Whose articles are copied, how often, by how many, in which way, and how long after?
-- Columns
--   host                  Host of the origins, without www; also of origins that were never captured.
--   copied_article_count  Articles of it that are copied as a whole.
--   copy_count            Their copies.
--   cloaked_count         Copies that were disguised.
--   mirror_count          Copies under the outlet's own path, undisguised.
--   scraped_count         Copies that credit nobody.
--   syndicated_count      Copies that credit somebody.
--   excerpt_count         Articles elsewhere with a passage of its articles.
--   copying_host_count    Hosts that have any of these.
--   inferred_count        Copies whose origin was never captured, and is told by the path.
--   median_delay_days     Days from the origin's publication to when a copy was seen, the middle one of all; null where no origin has a date.
SELECT
    regexp_extract(c.origin_url, '^[a-z]+://(?:www\.)?([^/:?#]+)', 1) AS host,
    count(DISTINCT c.origin_url) FILTER (c.relation != 'excerpt') AS copied_article_count,
    count(*) FILTER (c.relation != 'excerpt') AS copy_count,
    count(*) FILTER (c.relation = 'cloaked_mirror') AS cloaked_count,
    count(*) FILTER (c.relation = 'mirror') AS mirror_count,
    count(*) FILTER (c.relation = 'scraped') AS scraped_count,
    count(*) FILTER (c.relation = 'syndication') AS syndicated_count,
    count(*) FILTER (c.relation = 'excerpt') AS excerpt_count,
    count(DISTINCT p.host) AS copying_host_count,
    count(*) FILTER (c.origin_page_id IS NULL) AS inferred_count,
    median(date_diff('day', o.published_at, p.observed_at)) FILTER (c.relation != 'excerpt') AS median_delay_days
FROM core.copies AS c
JOIN raw.pages AS p USING (page_id)
LEFT JOIN core.articles AS o ON o.page_id = c.origin_page_id
WHERE c.relation != 'revision' AND regexp_matches(c.origin_url, '^[a-z]+://[^/]')
GROUP BY ALL
