-- 0015_packed_texts
-- Why    Long texts lay in the file as they are: DuckDB packs a column with zstd by itself only from 4,096 bytes a value on average.
-- Changes core.articles, core.statements and ops.rejects: the same rows, their long texts packed

CREATE TABLE core.articles_new (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    title VARCHAR NOT NULL CHECK (system.main.length(title) >= 1),
    body VARCHAR NOT NULL USING COMPRESSION zstd CHECK (system.main.length(body) >= 1),
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
    title_folded VARCHAR,
    body_folded VARCHAR USING COMPRESSION zstd,
    script VARCHAR CHECK (script IN ('Hans', 'Hant', 'mixed')),
    is_cloaked BOOLEAN,
    repair_count INTEGER CHECK (repair_count >= 0),
    lost_count INTEGER CHECK (lost_count >= 0),
    seo_title VARCHAR,
    PRIMARY KEY (page_id)
);
INSERT INTO core.articles_new BY NAME SELECT * FROM core.articles;
DROP TABLE core.articles;
ALTER TABLE core.articles_new RENAME TO articles;
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
COMMENT ON COLUMN core.articles.quality_flags IS 'What is doubtful, such as no_date, guessed_date, future_date, impossible_date, no_author, placeholder_author, short_body, body_fallback.';
COMMENT ON COLUMN core.articles.run_id IS 'Run that loaded the row; ops.runs.';
COMMENT ON COLUMN core.articles.title_folded IS 'title for search and comparison: one width (NFKC), lower case, and Chinese in Simplified characters.';
COMMENT ON COLUMN core.articles.body_folded IS 'body in the same form as title_folded.';
COMMENT ON COLUMN core.articles.script IS 'Script of a Chinese article, ISO 15924: by the characters that Simplified and Traditional Chinese write differently; null for other languages and where too few of these tell.';
COMMENT ON COLUMN core.articles.is_cloaked IS 'Whether the page was a mirror''s, disguised with readings in brackets and Traditional characters; title and body have the text as it was before.';
COMMENT ON COLUMN core.articles.repair_count IS 'Spans of the whole page that restoration changed; core.repairs has each.';
COMMENT ON COLUMN core.articles.lost_count IS 'Those among them of which a character is lost for good and stands as U+FFFD.';
COMMENT ON COLUMN core.articles.seo_title IS 'Headline as the page words it for search engines and networks, where that is another than title, which is the printed one; core.evidence has where both stand. Null in rows loaded before it was told apart.';

CREATE TABLE core.statements_new (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    turn INTEGER NOT NULL CHECK (turn >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('question', 'answer')),
    speaker_label VARCHAR,
    speaker VARCHAR,
    text VARCHAR NOT NULL USING COMPRESSION zstd CHECK (system.main.length(text) >= 1),
    start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
    end_offset INTEGER NOT NULL CHECK (end_offset >= 1),
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    PRIMARY KEY (page_id, turn)
);
INSERT INTO core.statements_new BY NAME SELECT * FROM core.statements;
DROP TABLE core.statements;
ALTER TABLE core.statements_new RENAME TO statements;
COMMENT ON TABLE core.statements IS 'core.statements: one turn of a question-and-answer or an interview.';
COMMENT ON COLUMN core.statements.page_id IS 'The page that prints it; core.articles.';
COMMENT ON COLUMN core.statements.turn IS 'Place among the turns of the article, 1-based.';
COMMENT ON COLUMN core.statements.kind IS 'Whether it asks or answers.';
COMMENT ON COLUMN core.statements.speaker_label IS 'Who speaks, as printed before the turn, such as Q, 答 or a surname; null for none.';
COMMENT ON COLUMN core.statements.speaker IS 'Who that is, where the article names who asks and who answers.';
COMMENT ON COLUMN core.statements.text IS 'What is said, without its label: body from start_offset to end_offset.';
COMMENT ON COLUMN core.statements.start_offset IS 'Where the text begins in core.articles.body: characters before it.';
COMMENT ON COLUMN core.statements.end_offset IS 'Where it ends: characters before what follows it, so body[start_offset + 1:end_offset] in DuckDB.';
COMMENT ON COLUMN core.statements.run_id IS 'Run that loaded the row; ops.runs.';

CREATE TABLE ops.rejects_new (
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
    row_json VARCHAR USING COMPRESSION zstd,
    rejected_at TIMESTAMPTZ NOT NULL,
    replayed_at TIMESTAMPTZ,
    PRIMARY KEY (reject_id)
);
INSERT INTO ops.rejects_new BY NAME SELECT * FROM ops.rejects;
DROP TABLE ops.rejects;
ALTER TABLE ops.rejects_new RENAME TO rejects;
COMMENT ON TABLE ops.rejects IS 'ops.rejects: one refused page or row, kept with its reason.';
COMMENT ON COLUMN ops.rejects.reject_id IS 'Hash of source, offset, table, row key and reason: the same refusal is one row.';
COMMENT ON COLUMN ops.rejects.run_id IS 'Run that refused it first; ops.runs.';
COMMENT ON COLUMN ops.rejects.batch_id IS 'Batch it was in; ops.batches.';
COMMENT ON COLUMN ops.rejects.page_id IS 'The page, where it could be read far enough to have one.';
COMMENT ON COLUMN ops.rejects.url IS 'URL of the page where known.';
COMMENT ON COLUMN ops.rejects.source_uri IS 'File it came from, relative to the path ingested.';
COMMENT ON COLUMN ops.rejects.source_offset IS 'Where in that file.';
COMMENT ON COLUMN ops.rejects.table_name IS 'Table that the row was meant for; raw.pages where the page itself could not be read.';
COMMENT ON COLUMN ops.rejects.reason IS 'Short code of the reason, such as not_article:list_page, packed_truncated, deadline or expectation.';
COMMENT ON COLUMN ops.rejects.detail IS 'The reason in a sentence: what was expected and what came.';
COMMENT ON COLUMN ops.rejects.expectation IS 'Expectation that refused the row, where one did.';
COMMENT ON COLUMN ops.rejects.row_json IS 'The refused row as JSON.';
COMMENT ON COLUMN ops.rejects.rejected_at IS 'When it was refused.';
COMMENT ON COLUMN ops.rejects.replayed_at IS 'When a later run took it up again with success; null while it stands.';
