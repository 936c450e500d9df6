-- mart.clock
-- Grain    one row: the day that other marts call today; null before the first ingest
-- Reads    ops.runs
-- Answers  What does today mean?
-- Columns
--   as_of  When the newest ingest began; the variable as_of where it is set.
--   today  Its day (UTC).
SELECT as_of, (as_of AT TIME ZONE 'UTC')::DATE AS today
FROM (
    SELECT coalesce(getvariable('as_of')::TIMESTAMPTZ, max(started_at)) AS as_of
    FROM ops.runs
    WHERE flow = 'ingest_pages'
)
