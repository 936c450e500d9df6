-- 0007_failed_attempts
-- Why    What a worker could not read, finish in time or survive was entered like a page that was dealt with: a disk that was away for a
--        minute, or a machine that was overloaded, lost articles for good. Such a page is tried again, a bounded number of times.
-- Adds   ops.inputs.failed_attempts
-- Alters what the comments of ops.inputs say. Rows that are there keep null: their pages stay dealt with.

ALTER TABLE ops.inputs ADD COLUMN failed_attempts INTEGER;
COMMENT ON TABLE ops.inputs IS 'ops.inputs: one stretch of one input file that a batch has met; what makes runs resumable.';
COMMENT ON COLUMN ops.inputs.batch_id IS 'Batch that met it last; ops.batches.';
COMMENT ON COLUMN ops.inputs.failed_attempts IS 'Null where the stretch is dealt with. Else its page could not be read, finished or survived so many times, and the next run tries it again.';
