-- mart.source_health
-- Grain    one row per source and, with kind = 'host', one per host; as of the newest ingest, or of the variable as_of where it is set
-- Reads    mart.clock, mart.loads
-- Answers  What was loaded today, is that usual, which source fell silent, and of which is more rejected than usual?
-- Columns
--   kind                  source or host: pages are counted once in each, so add up one kind alone.
--   name                  The source as mart.loads names it, or the host.
--   last_loaded_at        When the last run began that loaded a page of it; null where none ever did.
--   silent_day_count      Days (UTC) since then.
--   usual_gap_days        Median of the days from one day with a load to the next, over the 28 days up to the last one; null before there are two.
--   active_day_count      Days with a load among the 14 up to the last one.
--   is_silent             active_day_count is 3 or more, and silent_day_count more than twice usual_gap_days; after 60 days it counts as given up, and no longer as silent.
--   today_count           Pages loaded by runs that began today (UTC).
--   median_count          Median of the pages loaded a day, over the days of the 14 before today on which any were; null where there was none.
--   today_rejected_count  Pages rejected today.
--   rejected_share        Rejected pages among those loaded or rejected today, 0..1; null where there was none.
--   usual_rejected_share  The same over the 14 days before today.
--   is_rejects_high       10 or more pages today, and rejected_share at least .2 above the usual one; .5 where there is none.
--   as_of                 When the newest ingest began: what today means.
WITH loads AS (
    SELECT l.source, l.host, l.started_at, (l.started_at AT TIME ZONE 'UTC')::DATE AS day, l.loaded_count, l.rejected_count
    FROM mart.loads AS l JOIN mart.clock AS c ON l.started_at <= c.as_of
),
daily AS (
    SELECT
        kind, name, day, sum(loaded_count)::BIGINT AS loaded_count, sum(rejected_count)::BIGINT AS rejected_count,
        max(started_at) FILTER (loaded_count > 0) AS last_loaded_at
    FROM (
        SELECT 'source' AS kind, source AS name, day, started_at, loaded_count, rejected_count FROM loads
        UNION ALL
        SELECT 'host', host, day, started_at, loaded_count, rejected_count FROM loads WHERE host != ''
    )
    GROUP BY kind, name, day
),
active AS (
    SELECT
        kind, name, day, day - lag(day) OVER days AS gap_days, max(day) OVER (PARTITION BY kind, name) AS last_day
    FROM daily
    WHERE loaded_count > 0
    WINDOW days AS (PARTITION BY kind, name ORDER BY day)
),
rhythm AS (
    SELECT
        kind, name, any_value(last_day) AS last_day, median(gap_days) FILTER (day > last_day - 28) AS usual_gap_days,
        count(*) FILTER (day > last_day - 14) AS active_day_count
    FROM active
    GROUP BY kind, name
),
amounts AS (
    SELECT
        d.kind, d.name, any_value(c.as_of) AS as_of, any_value(c.today) AS today, max(d.last_loaded_at) AS last_loaded_at,
        coalesce(sum(d.loaded_count) FILTER (d.day = c.today), 0)::BIGINT AS today_count,
        coalesce(sum(d.rejected_count) FILTER (d.day = c.today), 0)::BIGINT AS today_rejected_count,
        median(d.loaded_count) FILTER (d.day BETWEEN c.today - 14 AND c.today - 1 AND d.loaded_count > 0) AS median_count,
        sum(d.rejected_count) FILTER (d.day BETWEEN c.today - 14 AND c.today - 1)
            / nullif(sum(d.loaded_count + d.rejected_count) FILTER (d.day BETWEEN c.today - 14 AND c.today - 1), 0) AS usual_rejected_share
    FROM daily AS d CROSS JOIN mart.clock AS c
    GROUP BY d.kind, d.name
)
SELECT
    a.kind,
    a.name,
    a.last_loaded_at,
    a.today - r.last_day AS silent_day_count,
    r.usual_gap_days,
    coalesce(r.active_day_count, 0) AS active_day_count,
    coalesce(r.active_day_count >= 3 AND a.today - r.last_day > 2 * r.usual_gap_days AND a.today - r.last_day <= 60, false) AS is_silent,
    a.today_count,
    a.median_count,
    a.today_rejected_count,
    a.today_rejected_count / nullif(a.today_count + a.today_rejected_count, 0) AS rejected_share,
    a.usual_rejected_share,
    coalesce(
        a.today_count + a.today_rejected_count >= 10
        AND a.today_rejected_count / (a.today_count + a.today_rejected_count) >= coalesce(a.usual_rejected_share, 0.3) + 0.2, false
    ) AS is_rejects_high,
    a.as_of
FROM amounts AS a LEFT JOIN rhythm AS r USING (kind, name)
