-- rejects_by_reason
-- Grain    one row per reason and table
-- Reads    ops.rejects
-- Answers  What was refused, and why?
-- Empty    Nothing was refused.
SELECT
    reason, table_name, count(*) AS reject_count, count(*) FILTER (replayed_at IS NOT NULL) AS replayed_count,
    min(rejected_at) AS first_rejected_at, max(rejected_at) AS last_rejected_at
FROM ops.rejects
WHERE true
    AND run_id = $run
GROUP BY reason, table_name
ORDER BY reject_count DESC, reason, table_name
