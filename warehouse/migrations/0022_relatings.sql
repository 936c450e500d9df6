-- 0022_relatings
-- Why    A load that a cluster carries leaves relating to a run of its own: what waits for it is to be seen.
-- Adds   ops.relatings; empty until a run has related
-- Lake    contracts

CREATE TABLE ops.relatings (
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    related_at TIMESTAMPTZ NOT NULL,
    article_count BIGINT NOT NULL CHECK (article_count >= 0),
    PRIMARY KEY (run_id)
);
COMMENT ON TABLE ops.relatings IS 'ops.relatings: one time that all articles which the warehouse had were related.';
COMMENT ON COLUMN ops.relatings.run_id IS 'Run that related them; ops.runs.';
COMMENT ON COLUMN ops.relatings.related_at IS 'When what came of it was told.';
COMMENT ON COLUMN ops.relatings.article_count IS 'Articles that the warehouse had then; those that came later wait to be related.';
