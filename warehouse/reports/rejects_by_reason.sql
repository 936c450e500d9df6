-- rejects_by_reason
-- Grain    one row per reason and table
-- Reads    ops.rejects
-- Answers  What was refused, how often, and where does it stand? $reason: all of it, or how it begins
SELECT
    reason || coalesce(':' || expectation, '') AS reason,
    table_name,
    count(*) AS reject_count,
    count(*) FILTER (WHERE replayed_at IS NULL) AS standing_count,
    max(rejected_at) AS last_rejected_at
FROM ops.rejects
WHERE starts_with(reason || coalesce(':' || expectation, ''), $reason)
GROUP BY ALL
ORDER BY reject_count DESC, reason, table_name
