-- rejects_of
-- Grain    one row per refusal of what $page names: by page_id, url, or the file it came from
-- Reads    ops.rejects
-- Answers  Why is it not in the warehouse, or not all of it?
SELECT
    reason, table_name, url, page_id, source_uri, source_offset, expectation, detail, row_json, run_id, rejected_at,
    replayed_at
FROM ops.rejects
WHERE page_id = $page OR url = $page OR source_uri = $page
ORDER BY rejected_at, table_name, reject_id
LIMIT 1000
