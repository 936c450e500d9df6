-- last_told
-- Grain    one row: when the newest ingest before $run_id began that ended and had a server to tell; null where there was none
-- Reads    ops.runs
-- Answers  What has been told already?
SELECT max(started_at) AS told_at
FROM ops.runs
WHERE flow = 'ingest_pages' AND run_id != $run_id AND state = 'completed' AND flow_run_url IS NOT NULL
    AND started_at < (SELECT started_at FROM ops.runs WHERE run_id = $run_id)
