-- 0012_changes
-- Why    Pages are read again by later extractors: what that changed is kept, field by field.
-- Adds   ops.changes

CREATE TABLE ops.changes (
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    table_name VARCHAR NOT NULL CHECK (system.main.length(table_name) >= 1),
    field VARCHAR NOT NULL CHECK (system.main.length(field) >= 1),
    before VARCHAR,
    after VARCHAR,
    PRIMARY KEY (run_id, page_id, table_name, field)
);
COMMENT ON TABLE ops.changes IS 'ops.changes: what taking up a page again has changed in one of its fields.';
COMMENT ON COLUMN ops.changes.run_id IS 'Run that took the page up again; ops.runs.';
COMMENT ON COLUMN ops.changes.page_id IS 'The page; raw.pages.';
COMMENT ON COLUMN ops.changes.table_name IS 'Table of the field.';
COMMENT ON COLUMN ops.changes.field IS 'Column; * where rows as a whole came or went.';
COMMENT ON COLUMN ops.changes.before IS 'What it said, as text; null where it said nothing.';
COMMENT ON COLUMN ops.changes.after IS 'What it says now, as text; null where it says nothing.';
