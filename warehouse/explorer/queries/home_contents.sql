-- home_contents
-- Grain    one row per table or view of the warehouse
-- Reads    duckdb_tables, duckdb_views
-- Answers  What is in the warehouse? Tables of a lake are views here, and not counted.
-- Empty    Load pages: `broadsheet ingest PATH`.
SELECT schema_name || '.' || table_name AS name, estimated_size AS row_count, comment AS meaning
FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name IN ('raw', 'core', 'ops')
UNION ALL
SELECT schema_name || '.' || view_name, NULL, comment
FROM duckdb_views()
WHERE database_name = current_database() AND schema_name IN ('raw', 'core', 'ops', 'mart')
ORDER BY name
