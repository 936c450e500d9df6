-- today_runs
-- Grain    one row per run that began today (UTC), or in the 6 days before and did not complete; newest first
-- Reads    ops.runs, mart.run_history
-- Answers  Which runs were there today, and which of late did not end well?
WITH newest AS (SELECT (max(started_at) AT TIME ZONE 'UTC')::DATE AS today FROM ops.runs WHERE flow = 'ingest_pages')
SELECT
    h.run_id, h.state, h.started_at, h.ended_at, h.seconds, h.sources, h.loaded_count, h.known_count, h.rejected_count, h.refused_count,
    h.flow_run_url, (h.started_at AT TIME ZONE 'UTC')::DATE = n.today AS is_today
FROM mart.run_history AS h CROSS JOIN newest AS n
WHERE (h.started_at AT TIME ZONE 'UTC')::DATE = n.today
    OR ((h.started_at AT TIME ZONE 'UTC')::DATE > n.today - 7 AND h.state != 'completed')
ORDER BY h.started_at DESC
