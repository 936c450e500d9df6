-- article_repairs
-- Grain    one row per span
-- Reads    core.repairs
-- Answers  What was damaged, and what stands there now?
-- Empty    Nothing was repaired on this page.
SELECT
    repair_number, field, before, after, method, evidence, round_trip, confidence, status, start_offset, end_offset, restored_start,
    restored_end
FROM core.repairs
WHERE page_id = $page_id
ORDER BY repair_number
