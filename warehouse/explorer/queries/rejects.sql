-- rejects
-- Grain    one row per refusal
-- Reads    ops.rejects
-- Answers  The newest refusals
-- Empty    Nothing was refused for this reason: take the filter away.
SELECT rejected_at, reason, detail, url, source_uri, source_offset, expectation, row_json, reject_id, page_id
FROM ops.rejects
WHERE true
    AND reason = $reason
    AND run_id = $run
ORDER BY rejected_at DESC, reject_id
