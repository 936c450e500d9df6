-- today_rejects
-- Grain    one row per reason for which runs that began today (UTC) or, where it is given, the run $run_id alone rejected anything
-- Reads    ops.rejects, ops.runs
-- Answers  What was rejected, why, how often, and what is one of them?
WITH newest AS (SELECT (max(started_at) AT TIME ZONE 'UTC')::DATE AS today FROM ops.runs WHERE flow = 'ingest_pages')
SELECT
    r.reason || coalesce(':' || r.expectation, '') AS reason,
    any_value(r.table_name) AS table_name,
    count(*) AS reject_count,
    arg_min(r.reject_id, r.rejected_at) AS reject_id,
    arg_min(coalesce(r.url, r.source_uri), r.rejected_at) AS example,
    arg_min(r.detail, r.rejected_at) AS detail
FROM ops.rejects AS r JOIN ops.runs AS o USING (run_id) CROSS JOIN newest AS n
WHERE CASE WHEN $run_id = '' THEN (o.started_at AT TIME ZONE 'UTC')::DATE = n.today ELSE r.run_id = $run_id END
GROUP BY r.reason, r.expectation
ORDER BY reject_count DESC, reason
