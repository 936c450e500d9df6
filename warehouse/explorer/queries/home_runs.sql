-- home_runs
-- Grain    one row per run
-- Reads    ops.runs
-- Answers  The newest runs
-- Empty    No run has been recorded: `broadsheet ingest PATH` is one.
SELECT started_at, flow, state, seen_count, loaded_count, known_count, rejected_count, run_id
FROM ops.runs
ORDER BY started_at DESC
