-- 0002_local_time
-- Why    published_zone is an IANA name or an offset as the page prints it (+05:45). DuckDB's AT TIME ZONE refuses offsets,
--        and reads 'UTC+05:45' as five hours (1.5.5), so offsets are added as minutes.
-- Adds   core.local_time(instant, zone): the clock on the wall where the page was written; UTC where the zone is null

CREATE MACRO core.local_time(instant, zone) AS
    CASE WHEN zone[1] IN ('+', '-')
         THEN timezone('UTC', instant)
              + to_minutes(TRY_CAST(zone[1] || '1' AS INTEGER) * (60 * TRY_CAST(zone[2:3] AS INTEGER) + TRY_CAST(zone[5:6] AS INTEGER)))
         ELSE timezone(coalesce(zone, 'UTC'), instant)
    END;
