-- newest_runs
-- Grain    one row per run, the newest $limit
-- Reads    ops.runs, ops.batches
-- Answers  How did the last runs go?
SELECT
    r.run_id, r.flow, r.state, r.started_at, r.ended_at, r.seen_count, r.loaded_count, r.known_count, r.rejected_count,
    count(b.batch_id) AS batch_count,
    count(b.batch_id) FILTER (WHERE b.state = 'refused') AS refused_batch_count,
    r.version, r.flow_run_url
FROM ops.runs AS r LEFT JOIN ops.batches AS b USING (run_id)
GROUP BY ALL
ORDER BY r.started_at DESC
LIMIT $limit
