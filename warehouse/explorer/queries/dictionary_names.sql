-- dictionary_names
-- Grain    one row per table, view or macro
-- Reads    duckdb_tables, duckdb_views, duckdb_functions
-- Answers  What can be asked?
-- Empty    Nothing is in the warehouse.
SELECT schema_name || '.' || table_name AS name, 'table' AS kind, comment AS meaning
FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name IN ('raw', 'core', 'ops')
UNION ALL
SELECT  -- tables of a lake are views here
    if(schema_name = 'main', '', schema_name || '.') || view_name, if(schema_name IN ('raw', 'core', 'ops'), 'table', 'view'), comment
FROM duckdb_views()
WHERE database_name = current_database() AND NOT internal
UNION ALL
SELECT
    if(schema_name = 'main', '', schema_name || '.') || function_name || '(' || array_to_string(parameters, ', ') || ')', 'macro', comment
FROM duckdb_functions()
WHERE database_name = current_database() AND NOT internal AND schema_name != 'search'
ORDER BY kind DESC, name
