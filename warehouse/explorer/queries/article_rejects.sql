-- article_rejects
-- Grain    one row per refusal
-- Reads    ops.rejects
-- Answers  What of it was refused?
-- Empty    Nothing of this page was refused.
SELECT rejected_at, table_name, reason, detail, expectation
FROM ops.rejects
WHERE page_id = $page_id
ORDER BY rejected_at, reason
