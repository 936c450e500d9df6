-- mart.damage_by_host
-- Grain    one row per host with an article; pages without an article are left out, and those that nobody has looked at for damage
-- Reads    raw.pages, core.articles, core.repairs
-- Answers  Which hosts disguise or damage their pages, how, how much of it is proved, and do their pages share one dictionary?
-- Columns
--   host                  Host of the pages, as in raw.pages; empty for file: URLs.
--   page_count            Articles of the host.
--   cloaked_page_count    Those that were taken for a mirror's, disguised.
--   cloaked_share         Cloaked pages among them, 0..1.
--   damaged_page_count    Those of which restoration has changed anything, cloaked or not.
--   repair_count          Spans that were restored or are lost.
--   gloss_count           Readings in brackets that were taken out.
--   repairs_by_method     Method -> spans that it had a part in.
--   proved_share          Proved spans among all that changed, 0..1; null where nothing did.
--   lost_count            Spans of which something is lost for good.
--   flagged_count         Spans that are doubtful and were left as they came.
--   dictionary_size       Characters with their reading that the host's pages were glossed with.
--   confirmed_count       Those of them that two or more pages of the host have, each by itself.
--   agreeing_page_count   Pages of which more than half of the dictionary is confirmed by other pages of the host.
WITH looked_at AS (
    SELECT p.host, a.page_id, a.is_cloaked, a.repair_count
    FROM core.articles AS a
    JOIN raw.pages AS p USING (page_id)
    WHERE a.is_cloaked IS NOT NULL
),
by_page AS (
    SELECT
        host, count(*) AS page_count, count(*) FILTER (is_cloaked) AS cloaked_page_count, count(*) FILTER (repair_count > 0) AS damaged_page_count
    FROM looked_at
    GROUP BY host
),
repairs AS (
    SELECT l.host, r.page_id, r.method, r.evidence, r.round_trip, r.status
    FROM core.repairs AS r
    JOIN looked_at AS l USING (page_id)
),
by_repair AS (
    SELECT
        host, count(*) FILTER (status != 'flagged') AS repair_count, count(*) FILTER (status = 'lost') AS lost_count,
        count(*) FILTER (status = 'flagged') AS flagged_count,
        count(*) FILTER (status != 'flagged' AND round_trip = 'proved') AS proved_count
    FROM repairs
    GROUP BY host
),
methods AS (
    SELECT host, unnest(string_split(method, '+')) AS method
    FROM repairs
    WHERE status != 'flagged'
),
method_counts AS (
    SELECT host, method, count(*) AS span_count
    FROM methods
    GROUP BY host, method
),
by_method AS (
    SELECT host, map(list(method ORDER BY span_count DESC, method), list(span_count ORDER BY span_count DESC, method)) AS repairs_by_method
    FROM method_counts
    GROUP BY host
),
glosses AS ( -- the evidence of a gloss: 網(wǎng) 絡(luò)
    SELECT host, page_id, unnest(regexp_extract_all(evidence, '\S\([^()\s]+\)')) AS entry
    FROM repairs
    WHERE contains(method, 'gloss')
),
entries AS (
    SELECT host, page_id, entry, count(*) AS gloss_count, count(*) OVER (PARTITION BY host, entry) AS page_count
    FROM glosses
    GROUP BY host, page_id, entry
),
dictionaries AS (
    SELECT
        host, sum(gloss_count)::BIGINT AS gloss_count, count(DISTINCT entry) AS dictionary_size,
        count(DISTINCT entry) FILTER (page_count > 1) AS confirmed_count
    FROM entries
    GROUP BY host
),
agreeing AS (
    SELECT host, count(*) FILTER (confirmed_share > 0.5) AS agreeing_page_count
    FROM (SELECT host, page_id, avg((page_count > 1)::INTEGER) AS confirmed_share FROM entries GROUP BY host, page_id)
    GROUP BY host
)
SELECT
    p.host,
    p.page_count,
    p.cloaked_page_count,
    p.cloaked_page_count / p.page_count AS cloaked_share,
    p.damaged_page_count,
    coalesce(r.repair_count, 0) AS repair_count,
    coalesce(d.gloss_count, 0) AS gloss_count,
    m.repairs_by_method,
    r.proved_count / nullif(r.repair_count, 0) AS proved_share,
    coalesce(r.lost_count, 0) AS lost_count,
    coalesce(r.flagged_count, 0) AS flagged_count,
    coalesce(d.dictionary_size, 0) AS dictionary_size,
    coalesce(d.confirmed_count, 0) AS confirmed_count,
    coalesce(a.agreeing_page_count, 0) AS agreeing_page_count
FROM by_page AS p
LEFT JOIN by_repair AS r USING (host)
LEFT JOIN by_method AS m USING (host)
LEFT JOIN dictionaries AS d USING (host)
LEFT JOIN agreeing AS a USING (host)
