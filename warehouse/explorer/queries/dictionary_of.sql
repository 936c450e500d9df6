-- dictionary_of
-- Grain    one row per column of the table, view or macro
-- Reads    dictionary
-- Answers  What does each column mean?
-- Empty    Nothing of this name is in the dictionary.
SELECT column_name, type, unit, meaning, enum_values, example
FROM dictionary
WHERE schema_name || '.' || table_name = $table OR table_name = $table
