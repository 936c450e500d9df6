-- dictionary_comments
-- Grain    one row per column of the table or view
-- Reads    duckdb_columns
-- Answers  What does each column mean?
-- Empty    Nothing of this name is in the warehouse.
SELECT column_name, data_type AS type, NULL AS unit, comment AS meaning, NULL AS enum_values, NULL AS example
FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name || '.' || table_name = $table
ORDER BY column_index
