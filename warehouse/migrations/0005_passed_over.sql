-- 0005_passed_over
-- Why    Files and records that are no pages left no trace: a folder of which nothing could be read looked like one that is known.
-- Adds   ops.runs.passed_over_count, passed_over; ops.inputs.passed_over
-- Alters the comment of ops.rejects.reason. The new columns are null in rows that are there already: nobody has counted.

ALTER TABLE ops.runs ADD COLUMN passed_over_count BIGINT;
COMMENT ON COLUMN ops.runs.passed_over_count IS 'Files and records that are no pages and were passed over; null for runs that did not count them.';
ALTER TABLE ops.runs ADD COLUMN passed_over VARCHAR;
COMMENT ON COLUMN ops.runs.passed_over IS 'The same by reason, as JSON such as {"redirect": 3}; null as above.';
ALTER TABLE ops.inputs ADD COLUMN passed_over VARCHAR;
COMMENT ON COLUMN ops.inputs.passed_over IS 'Records of the stretch that are no pages, by reason, as JSON; null where they were not counted.';
COMMENT ON COLUMN ops.rejects.reason IS 'Short code of the reason, such as not_article:list_page, packed_truncated, deadline or expectation.';
