-- core.articles_as_of(moment)
-- Grain    one captured page that carries an article
-- Reads    core.articles, ops.runs, ops.batches
-- Answers  Which articles did the warehouse hold at a past moment? A text that a later extractor has changed is as it is now: ops.changes.
-- Example  SELECT count(*) FROM core.articles_as_of('2026-11-01')
-- Parameters
--   moment  Moment or ISO 8601 text, in UTC where it says no zone.
-- Columns  core.articles
SELECT a.*
FROM core.articles AS a
JOIN (
    SELECT r.run_id, coalesce(r.ended_at, max(b.ended_at)) AS ended_at  -- of a run that was killed its last batch counts
    FROM ops.runs AS r
    LEFT JOIN ops.batches AS b USING (run_id)
    GROUP BY r.run_id, r.ended_at
) AS runs USING (run_id)
WHERE runs.ended_at <= moment::TIMESTAMPTZ
