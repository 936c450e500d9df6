-- checks
-- Grain    one row per table
-- Reads    ops.checks
-- Answers  What was judged?
-- Empty    Nothing was judged: no batch has been loaded.
SELECT
    table_name, count(DISTINCT expectation) AS expectation_count, count(DISTINCT batch_id) AS batch_count,
    sum(element_count) AS judged_count, count(*) FILTER (NOT is_success) AS unmet_count
FROM ops.checks
WHERE true
    AND run_id = $run
GROUP BY table_name
ORDER BY table_name
