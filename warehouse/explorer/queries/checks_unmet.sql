-- checks_unmet
-- Grain    one row per expectation that some batch did not meet
-- Reads    ops.checks
-- Answers  Which expectations were not met?
-- Empty    Every expectation was met.
SELECT
    severity, table_name, expectation, sum(unexpected_count) AS unexpected_count, sum(element_count) AS element_count,
    count(*) AS batch_count, any_value(observed) AS example, any_value(notes) AS notes
FROM ops.checks
WHERE NOT is_success
    AND table_name = $table
    AND run_id = $run
GROUP BY severity, table_name, expectation
ORDER BY list_position(['critical', 'warning', 'info'], severity), unexpected_count DESC, table_name, expectation
