-- standing
-- Grain    one row: the warehouse as it stands
-- Reads    ops.migrations, ops.runs, ops.batches
-- Answers  Which version wrote it, when did it last change, and is a run unfinished?
SELECT
    (SELECT max(number) FROM ops.migrations) AS migration,
    (SELECT arg_max(version, number) FROM ops.migrations) AS version,
    (SELECT max(ended_at) FROM ops.batches) AS last_batch_at,
    (SELECT count(*) FROM ops.runs WHERE state = 'running') AS running_count,
    (SELECT count(*) FROM ops.runs WHERE state IN ('interrupted', 'failed')
        AND started_at > (SELECT coalesce(max(started_at), '-infinity') FROM ops.runs WHERE state = 'completed')) AS unfinished_count
