-- 0001_first_tables
-- Why    The warehouse begins: captures, facts read from them, and the ledger of how it went.
-- Adds   schemas raw, core and ops; raw.pages; core.articles, credits, images, evidence;
--        ops.runs, batches, inputs, rejects, checks, migrations

CREATE SCHEMA raw;
CREATE SCHEMA core;
CREATE SCHEMA ops;

CREATE TABLE raw.pages (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    url VARCHAR NOT NULL CHECK (system.main.length(url) >= 1),
    url_source VARCHAR NOT NULL CHECK (url_source IN ('sidecar', 'warc', 'table', 'canonical', 'og:url', 'file', 'text')),
    canonical_url VARCHAR,
    host VARCHAR NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    observed_source VARCHAR NOT NULL CHECK (observed_source IN ('sidecar', 'warc', 'table', 'mtime', 'header')),
    digest VARCHAR NOT NULL CHECK (system.main.regexp_matches(digest, '^sha1:[A-Z2-7]{32}$')),
    byte_count BIGINT NOT NULL CHECK (byte_count >= 0),
    http_status SMALLINT,
    media_type VARCHAR,
    charset VARCHAR,
    charset_source VARCHAR,
    source_kind VARCHAR NOT NULL CHECK (source_kind IN ('html_folder', 'warc', 'text_extract', 'page_table')),
    source_uri VARCHAR NOT NULL CHECK (system.main.length(source_uri) >= 1),
    source_offset BIGINT NOT NULL CHECK (source_offset >= 0),
    warc_uri VARCHAR NOT NULL CHECK (system.main.length(warc_uri) >= 1),
    warc_offset BIGINT NOT NULL CHECK (warc_offset >= 0),
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    PRIMARY KEY (page_id)
);
COMMENT ON TABLE raw.pages IS 'raw.pages: one capture of one URL, with a pointer to its bytes.';
COMMENT ON COLUMN raw.pages.page_id IS 'Key of the capture: hash of URL and payload digest.';
COMMENT ON COLUMN raw.pages.url IS 'URL the page was captured at, as url_source tells it.';
COMMENT ON COLUMN raw.pages.url_source IS 'What told the URL: the sidecar, WARC or table, the page itself, or its file name.';
COMMENT ON COLUMN raw.pages.canonical_url IS 'URL the page names as its own (rel=canonical or og:url), absolute.';
COMMENT ON COLUMN raw.pages.host IS 'Host of url, lower case, without port; empty for file: URLs.';
COMMENT ON COLUMN raw.pages.observed_at IS 'Moment at which a crawler saw the page; never a time the article claims.';
COMMENT ON COLUMN raw.pages.observed_source IS 'What told observed_at; mtime is the weakest: the time of the file.';
COMMENT ON COLUMN raw.pages.digest IS 'SHA-1 of the payload in Base32, as in WARC-Payload-Digest.';
COMMENT ON COLUMN raw.pages.byte_count IS 'Payload size in bytes.';
COMMENT ON COLUMN raw.pages.http_status IS 'HTTP status of the capture where the source kept it.';
COMMENT ON COLUMN raw.pages.media_type IS 'Media type as declared, without parameters, such as text/html.';
COMMENT ON COLUMN raw.pages.charset IS 'Charset the payload was decoded with; null where it was no text.';
COMMENT ON COLUMN raw.pages.charset_source IS 'What decided the charset: bom, utf-8, detector, http, meta or sidecar.';
COMMENT ON COLUMN raw.pages.source_kind IS 'Kind of source the page came from.';
COMMENT ON COLUMN raw.pages.source_uri IS 'File the page came from, relative to the path ingested.';
COMMENT ON COLUMN raw.pages.source_offset IS 'Where in that file: byte offset of the record, or row of a Parquet table; 0 for whole files.';
COMMENT ON COLUMN raw.pages.warc_uri IS 'WARC file that holds the bytes: relative to the home folder, or the user''s file, absolute.';
COMMENT ON COLUMN raw.pages.warc_offset IS 'Byte offset of the capture''s record in warc_uri.';
COMMENT ON COLUMN raw.pages.run_id IS 'Run that loaded the row; ops.runs.';

CREATE TABLE core.articles (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    title VARCHAR NOT NULL CHECK (system.main.length(title) >= 1),
    body VARCHAR NOT NULL CHECK (system.main.length(body) >= 1),
    lang VARCHAR CHECK (system.main.regexp_matches(lang, '^[a-z]{2,3}$')),
    site_name VARCHAR,
    section VARCHAR,
    tags VARCHAR[] NOT NULL,
    published_at TIMESTAMPTZ,
    published_zone VARCHAR,
    published_zone_source VARCHAR,
    published_precision VARCHAR CHECK (published_precision IN ('minute', 'day')),
    published_source VARCHAR,
    modified_at TIMESTAMPTZ,
    char_count INTEGER NOT NULL CHECK (char_count >= 1),
    paragraph_count INTEGER NOT NULL CHECK (paragraph_count >= 1),
    text_fingerprint VARCHAR NOT NULL CHECK (system.main.regexp_matches(text_fingerprint, '^[0-9a-f]{16}$')),
    quality_flags VARCHAR[] NOT NULL,
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    PRIMARY KEY (page_id)
);
COMMENT ON TABLE core.articles IS 'core.articles: one captured page that carries an article.';
COMMENT ON COLUMN core.articles.page_id IS 'The capture it was read from; raw.pages.';
COMMENT ON COLUMN core.articles.title IS 'Headline of the article, without the site''s name.';
COMMENT ON COLUMN core.articles.body IS 'Paragraphs in reading order, joined by a newline; subheads included, listings and captions not.';
COMMENT ON COLUMN core.articles.lang IS 'ISO 639 language of the article.';
COMMENT ON COLUMN core.articles.site_name IS 'Name of the site as the page gives it.';
COMMENT ON COLUMN core.articles.section IS 'Section or column the page files the article under.';
COMMENT ON COLUMN core.articles.tags IS 'Keywords that the page gives the article, in page order, without duplicates.';
COMMENT ON COLUMN core.articles.published_at IS 'Moment of first publication as the page states it; midnight in its zone where precision is day.';
COMMENT ON COLUMN core.articles.published_zone IS 'IANA name or UTC offset (+08:00) in which the page meant published_at and modified_at.';
COMMENT ON COLUMN core.articles.published_zone_source IS 'What told the zone: offset (in the value), host, lang or utc (assumed).';
COMMENT ON COLUMN core.articles.published_precision IS 'minute: the page shows a time of day; day: only a date.';
COMMENT ON COLUMN core.articles.published_source IS 'Candidate that published_at came from; core.evidence has the others.';
COMMENT ON COLUMN core.articles.modified_at IS 'Moment of the last change as the page states it.';
COMMENT ON COLUMN core.articles.char_count IS 'Characters in body.';
COMMENT ON COLUMN core.articles.paragraph_count IS 'Paragraphs in body.';
COMMENT ON COLUMN core.articles.text_fingerprint IS 'Hash of body in lower case with only letters and digits kept: equal for equal texts.';
COMMENT ON COLUMN core.articles.quality_flags IS 'What is doubtful, such as no_date, future_date, no_author, short_body, body_fallback.';
COMMENT ON COLUMN core.articles.run_id IS 'Run that loaded the row; ops.runs.';

CREATE TABLE core.credits (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    role VARCHAR NOT NULL CHECK (role IN ('author', 'editor', 'source', 'translator', 'photographer', 'agency')),
    position INTEGER NOT NULL CHECK (position >= 1),
    name VARCHAR NOT NULL CHECK (system.main.length(name) >= 1) CHECK (system.main.length(name) <= 1000),
    as_printed VARCHAR NOT NULL CHECK (system.main.length(as_printed) >= 1),
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    PRIMARY KEY (page_id, role, position)
);
COMMENT ON TABLE core.credits IS 'core.credits: one name in one role on one page.';
COMMENT ON COLUMN core.credits.page_id IS 'The page that prints it; core.articles.';
COMMENT ON COLUMN core.credits.role IS 'What the name did: author, editor, source, translator, photographer, agency.';
COMMENT ON COLUMN core.credits.position IS 'Place among the names of its role on the page, 1-based.';
COMMENT ON COLUMN core.credits.name IS 'Person or organisation, normalised: no titles, prefixes or e-mail.';
COMMENT ON COLUMN core.credits.as_printed IS 'The text the name was read from, as the page has it.';
COMMENT ON COLUMN core.credits.run_id IS 'Run that loaded the row; ops.runs.';

CREATE TABLE core.images (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    position INTEGER NOT NULL CHECK (position >= 1),
    url VARCHAR NOT NULL CHECK (system.main.length(url) >= 1),
    caption VARCHAR,
    alt VARCHAR,
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    PRIMARY KEY (page_id, position)
);
COMMENT ON TABLE core.images IS 'core.images: one image of an article.';
COMMENT ON COLUMN core.images.page_id IS 'The page that shows it; core.articles.';
COMMENT ON COLUMN core.images.position IS 'Place among the article''s images, 1-based; the lead image first.';
COMMENT ON COLUMN core.images.url IS 'Address of the image, absolute.';
COMMENT ON COLUMN core.images.caption IS 'Caption as printed.';
COMMENT ON COLUMN core.images.alt IS 'Alternative text.';
COMMENT ON COLUMN core.images.run_id IS 'Run that loaded the row; ops.runs.';

CREATE TABLE core.evidence (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    field VARCHAR NOT NULL CHECK (system.main.length(field) >= 1),
    value VARCHAR,
    source VARCHAR,
    reason VARCHAR,
    candidates STRUCT("source" VARCHAR, "value" VARCHAR, "verdict" VARCHAR)[] NOT NULL,
    extractor VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$'))
);
COMMENT ON TABLE core.evidence IS 'core.evidence: why one field of one page has the value it has.';
COMMENT ON COLUMN core.evidence.page_id IS 'The page; raw.pages.';
COMMENT ON COLUMN core.evidence.field IS 'Field the evidence is for, such as title, published_at, authors or page_kind.';
COMMENT ON COLUMN core.evidence.value IS 'Value that was taken, as text; null where no candidate was good enough.';
COMMENT ON COLUMN core.evidence.source IS 'Name of the candidate that won.';
COMMENT ON COLUMN core.evidence.reason IS 'Why it won, or why nothing did.';
COMMENT ON COLUMN core.evidence.candidates IS 'Every candidate in the order of trust: STRUCT(source, value, verdict).';
COMMENT ON COLUMN core.evidence.extractor IS 'Version of the code that decided: broadsheet/x.y.z trafilatura/x.y.z.';
COMMENT ON COLUMN core.evidence.run_id IS 'Run that loaded the row; ops.runs.';

CREATE TABLE ops.runs (
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    flow VARCHAR NOT NULL,
    flow_run_url VARCHAR,
    state VARCHAR NOT NULL CHECK (state IN ('running', 'completed', 'interrupted', 'failed')),
    started_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    paths VARCHAR[] NOT NULL,
    parameters VARCHAR NOT NULL,
    seen_count BIGINT NOT NULL CHECK (seen_count >= 0),
    loaded_count BIGINT NOT NULL CHECK (loaded_count >= 0),
    known_count BIGINT NOT NULL CHECK (known_count >= 0),
    rejected_count BIGINT NOT NULL CHECK (rejected_count >= 0),
    version VARCHAR NOT NULL,
    PRIMARY KEY (run_id)
);
COMMENT ON TABLE ops.runs IS 'ops.runs: one execution of a flow.';
COMMENT ON COLUMN ops.runs.run_id IS 'Key of the run.';
COMMENT ON COLUMN ops.runs.flow IS 'Flow that ran, such as ingest_pages.';
COMMENT ON COLUMN ops.runs.flow_run_url IS 'The run in the Prefect UI, where a server was configured.';
COMMENT ON COLUMN ops.runs.state IS 'running until the end is written: a run that was killed stays so until the next one marks it interrupted.';
COMMENT ON COLUMN ops.runs.started_at IS 'When the run began.';
COMMENT ON COLUMN ops.runs.ended_at IS 'When it ended; null while it runs or if it was killed.';
COMMENT ON COLUMN ops.runs.paths IS 'Paths that were given to it.';
COMMENT ON COLUMN ops.runs.parameters IS 'Its other parameters, as JSON.';
COMMENT ON COLUMN ops.runs.seen_count IS 'Pages met: read, or known from files that an earlier run has read.';
COMMENT ON COLUMN ops.runs.loaded_count IS 'Pages whose article was loaded.';
COMMENT ON COLUMN ops.runs.known_count IS 'Pages that the warehouse already had.';
COMMENT ON COLUMN ops.runs.rejected_count IS 'Pages that were rejected; ops.rejects has the reasons.';
COMMENT ON COLUMN ops.runs.version IS 'Broadsheet''s version.';

CREATE TABLE ops.batches (
    batch_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(batch_id, '^[0-9a-f]{16}$')),
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    name VARCHAR NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('loaded', 'refused')),
    started_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ NOT NULL,
    seen_count BIGINT NOT NULL CHECK (seen_count >= 0),
    loaded_count BIGINT NOT NULL CHECK (loaded_count >= 0),
    known_count BIGINT NOT NULL CHECK (known_count >= 0),
    rejected_count BIGINT NOT NULL CHECK (rejected_count >= 0),
    byte_count BIGINT NOT NULL CHECK (byte_count >= 0),
    attempt_count INTEGER NOT NULL CHECK (attempt_count >= 1),
    dissect_seconds DOUBLE NOT NULL CHECK (dissect_seconds >= 0),
    PRIMARY KEY (batch_id)
);
COMMENT ON TABLE ops.batches IS 'ops.batches: one unit of work of a run; its row is written in the transaction that loads its pages.';
COMMENT ON COLUMN ops.batches.batch_id IS 'Key of the batch: hash of its run and its number.';
COMMENT ON COLUMN ops.batches.run_id IS 'Run that loaded or refused it; ops.runs.';
COMMENT ON COLUMN ops.batches.name IS 'Name as the Prefect UI shows it.';
COMMENT ON COLUMN ops.batches.state IS 'loaded, or refused as a whole: ops.checks says by which expectation.';
COMMENT ON COLUMN ops.batches.started_at IS 'When its dissection began.';
COMMENT ON COLUMN ops.batches.ended_at IS 'When it was loaded or refused.';
COMMENT ON COLUMN ops.batches.seen_count IS 'Pages in it.';
COMMENT ON COLUMN ops.batches.loaded_count IS 'Pages whose article was loaded.';
COMMENT ON COLUMN ops.batches.known_count IS 'Pages that the warehouse already had.';
COMMENT ON COLUMN ops.batches.rejected_count IS 'Pages rejected.';
COMMENT ON COLUMN ops.batches.byte_count IS 'Payload bytes read.';
COMMENT ON COLUMN ops.batches.attempt_count IS 'Times its dissection was tried: more than 1 after a worker died.';
COMMENT ON COLUMN ops.batches.dissect_seconds IS 'Time in the worker.';

CREATE TABLE ops.inputs (
    input_key VARCHAR NOT NULL CHECK (system.main.regexp_matches(input_key, '^[0-9a-f]{16}$')),
    fingerprint VARCHAR NOT NULL,
    start_offset BIGINT NOT NULL CHECK (start_offset >= 0),
    end_offset BIGINT NOT NULL CHECK (end_offset >= 0),
    is_last BOOLEAN NOT NULL,
    page_count BIGINT NOT NULL CHECK (page_count >= 0),
    batch_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(batch_id, '^[0-9a-f]{16}$')),
    path VARCHAR NOT NULL,
    PRIMARY KEY (input_key, fingerprint, start_offset)
);
COMMENT ON TABLE ops.inputs IS 'ops.inputs: one stretch of one input file that a batch has dealt with; what makes runs resumable.';
COMMENT ON COLUMN ops.inputs.input_key IS 'Hash of the file''s absolute path.';
COMMENT ON COLUMN ops.inputs.fingerprint IS 'Size and modification time of the file when it was read: a changed file is read again.';
COMMENT ON COLUMN ops.inputs.start_offset IS 'Where the stretch begins, in the source''s own offsets.';
COMMENT ON COLUMN ops.inputs.end_offset IS 'Where it ends, exclusive; the file''s end offset is the start of the next record.';
COMMENT ON COLUMN ops.inputs.is_last IS 'Whether the stretch reaches the end of the file.';
COMMENT ON COLUMN ops.inputs.page_count IS 'Pages in the stretch, rejected ones included.';
COMMENT ON COLUMN ops.inputs.batch_id IS 'Batch that dealt with it; ops.batches.';
COMMENT ON COLUMN ops.inputs.path IS 'The file, absolute.';

CREATE TABLE ops.rejects (
    reject_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(reject_id, '^[0-9a-f]{16}$')),
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    batch_id VARCHAR CHECK (system.main.regexp_matches(batch_id, '^[0-9a-f]{16}$')),
    page_id VARCHAR CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    url VARCHAR,
    source_uri VARCHAR NOT NULL,
    source_offset BIGINT NOT NULL CHECK (source_offset >= 0),
    table_name VARCHAR NOT NULL,
    reason VARCHAR NOT NULL CHECK (system.main.length(reason) >= 1),
    detail VARCHAR,
    expectation VARCHAR,
    row_json VARCHAR,
    rejected_at TIMESTAMPTZ NOT NULL,
    replayed_at TIMESTAMPTZ,
    PRIMARY KEY (reject_id)
);
COMMENT ON TABLE ops.rejects IS 'ops.rejects: one refused page or row, kept with its reason.';
COMMENT ON COLUMN ops.rejects.reject_id IS 'Hash of source, offset, table, row key and reason: the same refusal is one row.';
COMMENT ON COLUMN ops.rejects.run_id IS 'Run that refused it first; ops.runs.';
COMMENT ON COLUMN ops.rejects.batch_id IS 'Batch it was in; ops.batches.';
COMMENT ON COLUMN ops.rejects.page_id IS 'The page, where it could be read far enough to have one.';
COMMENT ON COLUMN ops.rejects.url IS 'URL of the page where known.';
COMMENT ON COLUMN ops.rejects.source_uri IS 'File it came from, relative to the path ingested.';
COMMENT ON COLUMN ops.rejects.source_offset IS 'Where in that file.';
COMMENT ON COLUMN ops.rejects.table_name IS 'Table that the row was meant for; raw.pages where the page itself could not be read.';
COMMENT ON COLUMN ops.rejects.reason IS 'Short code of the reason, such as not_article:list_page, gzip_truncated, deadline or expectation.';
COMMENT ON COLUMN ops.rejects.detail IS 'The reason in a sentence: what was expected and what came.';
COMMENT ON COLUMN ops.rejects.expectation IS 'Expectation that refused the row, where one did.';
COMMENT ON COLUMN ops.rejects.row_json IS 'The refused row as JSON.';
COMMENT ON COLUMN ops.rejects.rejected_at IS 'When it was refused.';
COMMENT ON COLUMN ops.rejects.replayed_at IS 'When a later run took it up again with success; null while it stands.';

CREATE TABLE ops.checks (
    batch_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(batch_id, '^[0-9a-f]{16}$')),
    table_name VARCHAR NOT NULL,
    expectation VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    severity VARCHAR NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    scope VARCHAR NOT NULL CHECK (scope IN ('row', 'batch')),
    is_success BOOLEAN NOT NULL,
    element_count BIGINT NOT NULL CHECK (element_count >= 0),
    unexpected_count BIGINT NOT NULL CHECK (unexpected_count >= 0),
    unexpected_share DOUBLE NOT NULL CHECK (unexpected_share >= 0) CHECK (unexpected_share <= 1),
    observed VARCHAR,
    notes VARCHAR,
    docs_uri VARCHAR,
    PRIMARY KEY (batch_id, table_name, expectation)
);
COMMENT ON TABLE ops.checks IS 'ops.checks: how one expectation fared on one batch.';
COMMENT ON COLUMN ops.checks.batch_id IS 'Batch that was judged; ops.batches.';
COMMENT ON COLUMN ops.checks.table_name IS 'Table that was judged.';
COMMENT ON COLUMN ops.checks.expectation IS 'Expectation with its columns, such as expect_column_values_to_not_be_null(title).';
COMMENT ON COLUMN ops.checks.run_id IS 'Run; ops.runs.';
COMMENT ON COLUMN ops.checks.severity IS 'What a failure means: critical refuses rows or the batch, warning is only shown.';
COMMENT ON COLUMN ops.checks.scope IS 'Whether it judges rows or the batch as a whole.';
COMMENT ON COLUMN ops.checks.is_success IS 'Whether it was met by every row, or by the batch.';
COMMENT ON COLUMN ops.checks.element_count IS 'Rows judged.';
COMMENT ON COLUMN ops.checks.unexpected_count IS 'Rows that did not meet it.';
COMMENT ON COLUMN ops.checks.unexpected_share IS 'unexpected_count divided by element_count.';
COMMENT ON COLUMN ops.checks.observed IS 'What was observed: the value, or examples of unexpected ones.';
COMMENT ON COLUMN ops.checks.notes IS 'Why the expectation exists.';
COMMENT ON COLUMN ops.checks.docs_uri IS 'Its page in Data Docs, relative to the home folder.';

CREATE TABLE ops.migrations (
    number INTEGER NOT NULL CHECK (number >= 1),
    name VARCHAR NOT NULL CHECK (system.main.length(name) >= 1),
    applied_at TIMESTAMPTZ NOT NULL,
    version VARCHAR NOT NULL,
    PRIMARY KEY (number)
);
COMMENT ON TABLE ops.migrations IS 'ops.migrations: one migration that was applied to this warehouse.';
COMMENT ON COLUMN ops.migrations.number IS 'Number of the migration: the file''s first four digits.';
COMMENT ON COLUMN ops.migrations.name IS 'File name of the migration, without its extension.';
COMMENT ON COLUMN ops.migrations.applied_at IS 'When it was applied to this warehouse.';
COMMENT ON COLUMN ops.migrations.version IS 'Broadsheet''s version that applied it.';

