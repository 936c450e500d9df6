-- mart.mirrors_by_host
-- Grain    one row per host with an article that is a copy of another site's; pages without a host are left out
-- Reads    mart.forgery, core.copies, raw.pages
-- Answers  Which hosts live of other people's articles, of whose, how, and how sure is that?
-- Columns
--   host                 Host of the copies.
--   article_count        Its articles.
--   copy_count           Those that are copies of another site's article as a whole.
--   copy_share           Copies among them, 0..1.
--   cloaked_count        Copies that were disguised.
--   mirror_count         Copies that keep the outlet's path, undisguised.
--   scraped_count        Copies that credit nobody.
--   syndicated_count     Copies that credit somebody.
--   origin_host_count    Hosts that they are copies of.
--   main_origin_host     The one that most of them are of.
--   forgery_score        Mean of mart.forgery.score, 0..1.
--   confidence           Mean confidence of the relations, 0..1.
WITH of_origin AS (
    SELECT p.host, c.page_id, c.relation, c.confidence, regexp_extract(c.origin_url, '^[a-z]+://(?:www\.)?([^/:?#]+)', 1) AS origin_host
    FROM core.copies AS c
    JOIN raw.pages AS p USING (page_id)
    WHERE c.relation NOT IN ('excerpt', 'revision') AND p.host != ''
),
copied AS (
    SELECT
        host, count(*) AS copy_count, count(*) FILTER (relation = 'cloaked_mirror') AS cloaked_count,
        count(*) FILTER (relation = 'mirror') AS mirror_count, count(*) FILTER (relation = 'scraped') AS scraped_count,
        count(*) FILTER (relation = 'syndication') AS syndicated_count, count(DISTINCT origin_host) AS origin_host_count,
        mode(origin_host) AS main_origin_host, avg(confidence) AS confidence
    FROM of_origin
    GROUP BY host
),
every AS (
    SELECT host, count(*) AS article_count, avg(score) AS forgery_score
    FROM mart.forgery
    GROUP BY host
)
SELECT
    c.host, e.article_count, c.copy_count, c.copy_count / e.article_count AS copy_share, c.cloaked_count, c.mirror_count, c.scraped_count,
    c.syndicated_count, c.origin_host_count, c.main_origin_host, e.forgery_score, c.confidence
FROM copied AS c
JOIN every AS e USING (host)
