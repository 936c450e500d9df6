-- mart.run_history
-- Grain    one row per run
-- Reads    ops.runs, ops.batches, mart.loads
-- Answers  How did each run go: what did it load, from where, how long did it take, and did it end?
-- Columns
--   run_id             Key of the run; ops.runs.
--   flow               Flow that ran, such as ingest_pages.
--   state              running, completed, interrupted or failed; a run that was killed says running until the next one marks it interrupted.
--   started_at         When it began.
--   ended_at           When it ended; null while it runs or if it was killed.
--   seconds            How long it took; null as ended_at.
--   sources            Where its pages came from, as mart.loads names it, the most pages first; empty where nothing was new.
--   seen_count         Pages met: read, or known from files that an earlier run has read.
--   loaded_count       Pages whose article was loaded; of a killed run, those of the batches that it had committed.
--   known_count        Pages that the warehouse had.
--   rejected_count     Pages that were rejected.
--   passed_over_count  Files and records that are no pages.
--   batch_count        Batches that were loaded or refused.
--   refused_count      Those that were refused as a whole.
--   pages_per_second   Pages loaded or rejected by seconds of the run; null as ended_at.
--   paths              Paths that were given to it.
--   version            Broadsheet's version.
--   flow_run_url       The run in the Prefect UI, where a server was configured.
WITH batches AS (
    SELECT
        run_id, count(*) AS batch_count, count(*) FILTER (state = 'refused') AS refused_count, sum(seen_count)::BIGINT AS seen_count,
        sum(loaded_count)::BIGINT AS loaded_count, sum(known_count)::BIGINT AS known_count, sum(rejected_count)::BIGINT AS rejected_count
    FROM ops.batches
    GROUP BY run_id
),
by_source AS (
    SELECT run_id, source, sum(loaded_count + rejected_count) AS page_count
    FROM mart.loads
    GROUP BY run_id, source
),
sources AS (
    SELECT run_id, list(source ORDER BY page_count DESC, source) AS sources
    FROM by_source
    GROUP BY run_id
)
SELECT
    r.run_id,
    r.flow,
    r.state::VARCHAR AS state,
    r.started_at,
    r.ended_at,
    epoch_ms(r.ended_at - r.started_at) / 1000 AS seconds,
    coalesce(s.sources, []) AS sources,
    greatest(r.seen_count, coalesce(b.seen_count, 0)) AS seen_count,
    greatest(r.loaded_count, coalesce(b.loaded_count, 0)) AS loaded_count,
    greatest(r.known_count, coalesce(b.known_count, 0)) AS known_count,
    greatest(r.rejected_count, coalesce(b.rejected_count, 0)) AS rejected_count,
    coalesce(r.passed_over_count, 0) AS passed_over_count,
    coalesce(b.batch_count, 0) AS batch_count,
    coalesce(b.refused_count, 0) AS refused_count,
    (r.loaded_count + r.rejected_count) / nullif(epoch_ms(r.ended_at - r.started_at) / 1000, 0) AS pages_per_second,
    r.paths,
    r.version,
    r.flow_run_url
FROM ops.runs AS r
LEFT JOIN batches AS b USING (run_id)
LEFT JOIN sources AS s USING (run_id)
