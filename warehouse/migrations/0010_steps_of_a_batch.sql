-- 0010_steps_of_a_batch
-- Why    A batch is extracted, transformed and validated in one worker: where its time goes is no longer told by task runs.
-- Adds   ops.batches.shape_seconds and judge_seconds; null for batches that were loaded before

ALTER TABLE ops.batches ADD COLUMN shape_seconds DOUBLE;
ALTER TABLE ops.batches ADD COLUMN judge_seconds DOUBLE;
COMMENT ON COLUMN ops.batches.dissect_seconds IS 'Seconds in the worker to extract: read, restore, dissect and pack.';
COMMENT ON COLUMN ops.batches.shape_seconds IS 'Seconds in the worker to transform; null in batches loaded before it was told.';
COMMENT ON COLUMN ops.batches.judge_seconds IS 'Seconds in the worker to validate and stage; null as above.';
