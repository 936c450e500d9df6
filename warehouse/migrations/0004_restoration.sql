-- 0004_restoration
-- Why    Text that a mirror disguised or a careless host damaged is restored before it is read. What was changed must be told span by
--        span, with its proof, or nobody could check it; and Simplified and Traditional, narrow and wide forms of the same words must
--        be found by one search.
-- Adds   core.repairs; core.articles.title_folded, body_folded, script, is_cloaked, repair_count, lost_count;
--        core.listing_items.headline_folded
-- Alters nothing that is there. The new columns are null in rows that are there already: OpenCC and the detection of damage are not
--        SQL, and "not cloaked, 0 repairs" would be said of pages that nobody has looked at. docs/runbook.md tells how to rebuild.
--        core.articles is copied and swapped, since DuckDB cannot add a column with a CHECK; core.listing_items need not be.

CREATE TABLE core.articles_new (
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
    title_folded VARCHAR,
    body_folded VARCHAR,
    script VARCHAR CHECK (script IN ('Hans', 'Hant', 'mixed')),
    is_cloaked BOOLEAN,
    repair_count INTEGER CHECK (repair_count >= 0),
    lost_count INTEGER CHECK (lost_count >= 0),
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

ALTER TABLE core.listing_items ADD COLUMN headline_folded VARCHAR;
COMMENT ON COLUMN core.listing_items.headline_folded IS 'headline for search and comparison, in the form of core.articles.title_folded; null in what was loaded before the column was there.';

CREATE TABLE core.repairs (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    repair_number INTEGER NOT NULL CHECK (repair_number >= 1),
    field VARCHAR NOT NULL CHECK (system.main.length(field) >= 1),
    start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
    end_offset INTEGER NOT NULL CHECK (end_offset >= 0),
    restored_start INTEGER NOT NULL CHECK (restored_start >= 0),
    restored_end INTEGER NOT NULL CHECK (restored_end >= 0),
    before VARCHAR NOT NULL,
    after VARCHAR NOT NULL,
    method VARCHAR NOT NULL CHECK (system.main.length(method) >= 1),
    evidence VARCHAR,
    round_trip VARCHAR NOT NULL CHECK (round_trip IN ('proved', 'not proved')),
    confidence DOUBLE NOT NULL CHECK (confidence >= 0.0) CHECK (confidence <= 1.0),
    candidates STRUCT("text" VARCHAR, "share" DOUBLE)[] NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('restored', 'lost', 'flagged')),
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$'))
);
COMMENT ON TABLE core.repairs IS 'core.repairs: one span of one page that restoration changed or flagged.';
COMMENT ON COLUMN core.repairs.page_id IS 'The page; raw.pages.';
COMMENT ON COLUMN core.repairs.repair_number IS 'Place among the repairs of the page, 1-based: title, body, listing items, then the rest.';
COMMENT ON COLUMN core.repairs.field IS 'Where the text is found: title or body of core.articles; listing_items/<listing_number>/<position> for a headline; page for what is in none of these.';
COMMENT ON COLUMN core.repairs.start_offset IS 'Where the span begins in the field as it came: characters before it. Of page: in the page as decoded, markup included.';
COMMENT ON COLUMN core.repairs.end_offset IS 'Where it ends there: characters before what follows it.';
COMMENT ON COLUMN core.repairs.restored_start IS 'Where it begins in the restored field, as the warehouse has it: characters before it.';
COMMENT ON COLUMN core.repairs.restored_end IS 'Where it ends there, so field[restored_start + 1:restored_end] in DuckDB is after.';
COMMENT ON COLUMN core.repairs.before IS 'What stood there as the page came; empty where something was put back that had vanished.';
COMMENT ON COLUMN core.repairs.after IS 'What stands there now; empty where something was taken out.';
COMMENT ON COLUMN core.repairs.method IS 'What found it: gloss, script, bytes and others, joined by + where several changed the same span.';
COMMENT ON COLUMN core.repairs.evidence IS 'What decided: page (the same words stand intact elsewhere on it, or on another page of its host), model, round_trip; for a gloss the entries of the cloak''s dictionary, such as 網(wǎng) 絡(luò); null where nothing else was possible.';
COMMENT ON COLUMN core.repairs.round_trip IS 'proved: damaging the restored line again gives the line as it came, and no other reading is as likely.';
COMMENT ON COLUMN core.repairs.confidence IS 'How sure the repair is, 0..1: its share of the likelihood of all candidates.';
COMMENT ON COLUMN core.repairs.candidates IS 'Readings of what was damaged, best first; empty where there was one only.';
COMMENT ON COLUMN core.repairs.status IS 'restored; lost: a character is gone for good and stands as U+FFFD; flagged: doubtful, left as it came.';
COMMENT ON COLUMN core.repairs.run_id IS 'Run that loaded the row; ops.runs.';
