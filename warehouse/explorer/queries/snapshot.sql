-- snapshot
-- Grain    one row: the state that is open
-- Reads    ops.snapshot
-- Answers  Which published state is this?
-- Empty    No run has published a state yet: `broadsheet ingest PATH` does it.
SELECT snapshot_id, published_at, run_id, page_count, article_count, listing_item_count, version
FROM ops.snapshot
