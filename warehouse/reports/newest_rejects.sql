-- newest_rejects
-- Grain    one row per refused page or row, the newest $limit
-- Reads    ops.rejects
-- Answers  What exactly was refused, and what was expected?
SELECT
    reject_id, reason, table_name, url, page_id, source_uri, source_offset, expectation, detail, row_json, run_id, rejected_at,
    replayed_at
FROM ops.rejects
WHERE starts_with(reason || coalesce(':' || expectation, ''), $reason)
ORDER BY rejected_at DESC, source_uri, source_offset, table_name
LIMIT $limit
