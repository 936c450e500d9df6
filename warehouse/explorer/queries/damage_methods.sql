-- damage_methods
-- Grain    one row per method and evidence
-- Reads    core.repairs, raw.pages
-- Answers  What was found, by which method, and what decided?
-- Empty    Nothing was repaired on these pages.
SELECT
    r.method, r.evidence IS NOT NULL AS has_evidence, r.status, count(*) AS span_count, count(DISTINCT r.page_id) AS page_count,
    count(*) FILTER (r.round_trip = 'proved') AS proved_count, avg(r.confidence) AS mean_confidence
FROM core.repairs AS r
JOIN raw.pages AS p USING (page_id)
WHERE true
    AND p.host = $host
GROUP BY ALL
ORDER BY span_count DESC, r.method, r.status
