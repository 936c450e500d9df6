-- dictionary_of
-- Grain    one row of the table, view or macro itself, then one per column and parameter
-- Reads    dictionary
-- Answers  What does each column mean?
-- Empty    Nothing of this name is in the dictionary.
SELECT column_name, kind, type, unit, meaning, enum_values, example
FROM dictionary
WHERE schema_name || '.' || table_name = $table OR table_name = $table
