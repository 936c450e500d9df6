-- unmet_checks
-- Grain    one row per expectation that some batch of the run $run_id has not met
-- Reads    ops.checks
-- Answers  What is wrong with what this run loaded or refused, worst first?
SELECT
    table_name,
    expectation,
    severity,
    scope,
    count(*) AS batch_count,
    sum(unexpected_count)::BIGINT AS unexpected_count,
    max(unexpected_share) AS largest_share,
    arg_max(observed, unexpected_share) AS observed,
    any_value(notes) AS notes,
    min(docs_uri) AS docs_uri
FROM ops.checks
WHERE run_id = $run_id AND NOT is_success
GROUP BY table_name, expectation, severity, scope
ORDER BY list_position(['critical', 'warning', 'info'], severity), unexpected_count DESC, table_name, expectation
