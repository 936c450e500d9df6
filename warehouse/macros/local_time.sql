-- core.local_time(instant, zone)
-- Grain    one TIMESTAMP
-- Reads    nothing
-- Answers  What did the clock on the wall say where the page was written? UTC where the zone is null.
-- Example  SELECT core.local_time(TIMESTAMPTZ '2026-04-15 17:20:00Z', '+05:45')
-- Parameters
--   instant  Moment.
--   zone     IANA name, or offset from UTC such as +08:00; core.articles.published_zone.
CASE WHEN zone[1] IN ('+', '-')  -- DuckDB's AT TIME ZONE refuses offsets, and reads 'UTC+05:45' as five hours (1.5.5)
     THEN timezone('UTC', instant)
          + to_minutes(TRY_CAST(zone[1] || '1' AS INTEGER) * (60 * TRY_CAST(zone[2:3] AS INTEGER) + TRY_CAST(zone[5:6] AS INTEGER)))
     ELSE timezone(coalesce(zone, 'UTC'), instant)
END
