-- repairs_of
-- Grain    one row per repaired span of the capture $page_id, field by field
-- Reads    core.repairs
-- Answers  What was damaged, what was made of it, and how sure is that?
SELECT
    repair_number, field, start_offset, end_offset, restored_start, restored_end, before, after, method, evidence, round_trip, confidence,
    candidates, status
FROM core.repairs
WHERE page_id = $page_id
ORDER BY repair_number
