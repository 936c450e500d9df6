-- 0013_fetches
-- Why    Pages are fetched by Broadsheet itself: each request is told, and what is known of a URL is asked of its last one.
-- Adds   ops.fetches

CREATE TABLE ops.fetches (
    fetch_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(fetch_id, '^[0-9a-f]{16}$')),
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    outlet_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL CHECK (system.main.length(url) >= 1),
    host VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('robots', 'feed', 'sitemap', 'front', 'list', 'page')),
    found_on VARCHAR,
    requested_at TIMESTAMPTZ NOT NULL,
    seconds DOUBLE NOT NULL CHECK (seconds >= 0),
    outcome VARCHAR NOT NULL CHECK (outcome IN ('new', 'changed', 'unchanged', 'redirected', 'refused', 'failed', 'skipped')),
    reason VARCHAR,
    detail VARCHAR,
    http_status SMALLINT,
    attempt INTEGER NOT NULL CHECK (attempt >= 1),
    address VARCHAR,
    wire_bytes BIGINT NOT NULL CHECK (wire_bytes >= 0),
    body_bytes BIGINT CHECK (body_bytes >= 0),
    digest VARCHAR CHECK (system.main.regexp_matches(digest, '^sha1:[A-Z2-7]{32}$')),
    etag VARCHAR,
    last_modified VARCHAR,
    location VARCHAR,
    warc_uri VARCHAR,
    warc_offset BIGINT CHECK (warc_offset >= 0),
    interval_seconds BIGINT CHECK (interval_seconds >= 0),
    due_at TIMESTAMPTZ,
    PRIMARY KEY (fetch_id)
);
COMMENT ON TABLE ops.fetches IS 'ops.fetches: one request of a harvest, or one URL that was not asked for, with why.';
COMMENT ON COLUMN ops.fetches.fetch_id IS 'Hash of the run and the number of the request in it.';
COMMENT ON COLUMN ops.fetches.run_id IS 'Harvest that asked; ops.runs.';
COMMENT ON COLUMN ops.fetches.outlet_id IS 'Outlet it was asked for; core.outlets.';
COMMENT ON COLUMN ops.fetches.url IS 'URL asked for, without fragment.';
COMMENT ON COLUMN ops.fetches.host IS 'Host of url, lower case, without port.';
COMMENT ON COLUMN ops.fetches.kind IS 'What the URL was taken for: a list of links of one of these kinds, a page, or robots.txt.';
COMMENT ON COLUMN ops.fetches.found_on IS 'URL that named it: a feed, sitemap or list page, or one that redirected to it.';
COMMENT ON COLUMN ops.fetches.requested_at IS 'When the request was sent, or the URL skipped.';
COMMENT ON COLUMN ops.fetches.seconds IS 'Seconds until the answer was complete; 0 where nothing was sent.';
COMMENT ON COLUMN ops.fetches.outcome IS 'new, changed: a payload that this URL did not have before. unchanged: HTTP 304, or the payload it had. redirected. refused: HTTP status 4xx or 5xx. failed: no whole answer. skipped: nothing was sent.';
COMMENT ON COLUMN ops.fetches.reason IS 'Why it was skipped, refused or failed, in a short code; null otherwise.';
COMMENT ON COLUMN ops.fetches.detail IS 'The reason in a sentence: what was expected and what came.';
COMMENT ON COLUMN ops.fetches.http_status IS 'HTTP status of the answer; null where none came.';
COMMENT ON COLUMN ops.fetches.attempt IS '1 for the first try in the run, more after 429, 503 and lost connections.';
COMMENT ON COLUMN ops.fetches.address IS 'IP address that was connected to.';
COMMENT ON COLUMN ops.fetches.wire_bytes IS 'Bytes of the body as they were transferred; 0 for HTTP 304.';
COMMENT ON COLUMN ops.fetches.body_bytes IS 'Bytes of the body, unpacked; null where none was kept.';
COMMENT ON COLUMN ops.fetches.digest IS 'Payload that the URL has since its last answer; with url it leads to raw.pages.';
COMMENT ON COLUMN ops.fetches.etag IS 'ETag of that payload, sent with the next request.';
COMMENT ON COLUMN ops.fetches.last_modified IS 'Last-Modified of that payload as the server wrote it, sent next time.';
COMMENT ON COLUMN ops.fetches.location IS 'Where a redirect leads, absolute.';
COMMENT ON COLUMN ops.fetches.warc_uri IS 'WARC file with the response that brought the payload, relative to the home folder.';
COMMENT ON COLUMN ops.fetches.warc_offset IS 'Byte offset of that record.';
COMMENT ON COLUMN ops.fetches.interval_seconds IS 'Seconds until it is asked again: fewer after a change, more without one.';
COMMENT ON COLUMN ops.fetches.due_at IS 'From when on it is asked again; null where it is not, since it is settled or gone.';
