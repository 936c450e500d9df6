-- mart.loads
-- Grain    one row per run, source and host of which the run loaded or rejected a page; pages that were known already are left out
-- Reads    ops.runs, ops.rejects, raw.pages, core.articles
-- Answers  What did each run load and reject, and from where?
-- Columns
--   run_id          The run; ops.runs.
--   started_at      When it began.
--   source          The path that was given to the run and the first folder below it, such as drop/harbour; of a file that was named by itself, its folder. Names that only date or count, such as 2026-03-01, are passed over; `several paths` where pages of runs over several folders do not tell.
--   host            Host of the pages; empty where it is not known, as of a file that cannot be read.
--   loaded_count    Pages whose article was loaded.
--   rejected_count  Pages that were rejected.
WITH fates AS (
    SELECT run_id, host, source_uri, 1 AS loaded, 0 AS rejected
    FROM raw.pages SEMI JOIN core.articles USING (page_id)
    UNION ALL
    SELECT run_id, lower(coalesce(regexp_extract(any_value(url), '^https?://([^/:?#]+)', 1), '')), source_uri, 0, 1
    FROM ops.rejects
    WHERE table_name IN ('raw.pages', 'core.articles') -- rejects of other tables are rows of a page that was loaded
    GROUP BY run_id, source_uri, source_offset
),
by_folder AS (
    SELECT
        run_id, host, parse_dirpath(source_uri) AS folder, any_value(source_uri) AS example,
        sum(loaded)::BIGINT AS loaded_count, sum(rejected)::BIGINT AS rejected_count
    FROM fates
    GROUP BY run_id, host, folder
),
placed AS (
    SELECT
        f.run_id, f.host, f.loaded_count, f.rejected_count, r.started_at,
        [path FOR path IN r.paths IF f.folder = '' AND (path = f.example OR ends_with(path, '/' || f.example))][1] AS named_file,
        CASE WHEN named_file IS NOT NULL THEN parse_dirpath(named_file) WHEN len(r.paths) = 1 THEN r.paths[1] ELSE '' END AS given,
        [part FOR part IN string_split(given, '/') IF regexp_matches(part, '[^0-9_.-]')][-1] AS given_name,
        [part FOR part IN string_split(f.folder, '/') IF regexp_matches(part, '[^0-9_.-]')][1] AS first_below
    FROM by_folder AS f JOIN ops.runs AS r USING (run_id)
)
SELECT
    run_id, started_at, coalesce(nullif(concat_ws('/', given_name, first_below), ''), 'several paths') AS source, host,
    sum(loaded_count)::BIGINT AS loaded_count, sum(rejected_count)::BIGINT AS rejected_count
FROM placed
GROUP BY run_id, started_at, source, host
