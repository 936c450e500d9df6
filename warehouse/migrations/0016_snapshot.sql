-- 0016_snapshot
-- Why    Who cites a figure must be able to say of which published state it is.
-- Adds   ops.snapshot; publishing fills it

CREATE TABLE ops.snapshot (
    snapshot_id VARCHAR NOT NULL CHECK (system.main.length(snapshot_id) >= 1),
    published_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    page_count BIGINT NOT NULL CHECK (page_count >= 0),
    article_count BIGINT NOT NULL CHECK (article_count >= 0),
    listing_item_count BIGINT NOT NULL CHECK (listing_item_count >= 0),
    definitions VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    PRIMARY KEY (snapshot_id)
);
COMMENT ON TABLE ops.snapshot IS 'ops.snapshot: which published state of the warehouse this file is.';
COMMENT ON COLUMN ops.snapshot.snapshot_id IS 'Name of the state, to be cited: when it was published, in UTC, and a mark that no other has.';
COMMENT ON COLUMN ops.snapshot.published_at IS 'Moment of its publication.';
COMMENT ON COLUMN ops.snapshot.run_id IS 'Newest run that it has; ops.runs. Null before the first.';
COMMENT ON COLUMN ops.snapshot.page_count IS 'Rows of raw.pages.';
COMMENT ON COLUMN ops.snapshot.article_count IS 'Rows of core.articles.';
COMMENT ON COLUMN ops.snapshot.listing_item_count IS 'Rows of core.listing_items.';
COMMENT ON COLUMN ops.snapshot.definitions IS 'Hash of the files that its views are made of.';
COMMENT ON COLUMN ops.snapshot.version IS 'Version of Broadsheet that published it.';
