-- 0003_page_anatomy
-- Why    What stands around an article is data: the stories that a site pushed beside it, and who said what in an interview.
--        In a text that has lost its images their captions are left, so an image may have no address. Of pages without a
--        capture time, only what they prove themselves is known.
-- Adds   core.listing_items; core.statements; raw.pages.observed_after
-- Alters core.images.url: may be null. In place: DuckDB 1.5.5 drops NOT NULL of a column beside a key, its CHECK and
--        comment stay, and nothing is copied. A column is added at the end for the same reason.

CREATE TABLE core.listing_items (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    listing_number INTEGER NOT NULL CHECK (listing_number >= 1),
    position INTEGER NOT NULL CHECK (position >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('related', 'recommended', 'hot', 'latest', 'section')),
    label VARCHAR,
    headline VARCHAR NOT NULL CHECK (system.main.length(headline) >= 1),
    url VARCHAR,
    listed_at TIMESTAMPTZ,
    listed_zone VARCHAR,
    listed_precision VARCHAR CHECK (listed_precision IN ('minute', 'hour', 'day', 'month')),
    listed_source VARCHAR CHECK (listed_source IN ('machine', 'printed', 'relative', 'completed')),
    listed_text VARCHAR,
    topic VARCHAR,
    comment_count BIGINT CHECK (comment_count >= 0),
    like_count BIGINT CHECK (like_count >= 0),
    read_count BIGINT CHECK (read_count >= 0),
    rank INTEGER CHECK (rank >= 1),
    observed_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$'))
);
COMMENT ON TABLE core.listing_items IS 'core.listing_items: one item of one listing of one page.';
COMMENT ON COLUMN core.listing_items.page_id IS 'The capture it was seen on; core.articles.';
COMMENT ON COLUMN core.listing_items.listing_number IS 'Place of its listing among those of the page, from the top, 1-based.';
COMMENT ON COLUMN core.listing_items.position IS 'Place in its listing, from the top, 1-based.';
COMMENT ON COLUMN core.listing_items.kind IS 'What the listing is: related to the article, recommended to the reader, hot (a ranking), latest, or more of a section, column or author.';
COMMENT ON COLUMN core.listing_items.label IS 'What heads the listing, as shown; null where nothing does.';
COMMENT ON COLUMN core.listing_items.headline IS 'Headline of the item, as shown.';
COMMENT ON COLUMN core.listing_items.url IS 'Where it leads, absolute; null in text that has lost its links.';
COMMENT ON COLUMN core.listing_items.listed_at IS 'Moment that the listing prints beside the item, mostly that of its publication; of a day or a month its beginning.';
COMMENT ON COLUMN core.listing_items.listed_zone IS 'IANA name or UTC offset (+08:00) in which the page meant listed_at.';
COMMENT ON COLUMN core.listing_items.listed_precision IS 'The smallest unit that the page tells of listed_at.';
COMMENT ON COLUMN core.listing_items.listed_source IS 'How listed_at was told: in an attribute for machines, printed in full, relative to observed_at (2 hours ago), or in part and completed with the year or the day.';
COMMENT ON COLUMN core.listing_items.listed_text IS 'What listed_at was read from, as printed.';
COMMENT ON COLUMN core.listing_items.topic IS 'Topic, section or tag that is printed beside the item.';
COMMENT ON COLUMN core.listing_items.comment_count IS 'Comments as printed beside the item; 1.2万 and 12K are written out.';
COMMENT ON COLUMN core.listing_items.like_count IS 'Likes as printed beside the item.';
COMMENT ON COLUMN core.listing_items.read_count IS 'Reads or views as printed beside the item.';
COMMENT ON COLUMN core.listing_items.rank IS 'Rank as printed before the item; position is its place whether printed or not.';
COMMENT ON COLUMN core.listing_items.observed_at IS 'Moment at which a crawler saw it there: that of its capture, raw.pages.observed_at.';
COMMENT ON COLUMN core.listing_items.run_id IS 'Run that loaded the row; ops.runs.';

CREATE TABLE core.statements (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    turn INTEGER NOT NULL CHECK (turn >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('question', 'answer')),
    speaker_label VARCHAR,
    speaker VARCHAR,
    text VARCHAR NOT NULL CHECK (system.main.length(text) >= 1),
    start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
    end_offset INTEGER NOT NULL CHECK (end_offset >= 1),
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    PRIMARY KEY (page_id, turn)
);
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

ALTER TABLE core.images ALTER COLUMN url DROP NOT NULL;
COMMENT ON COLUMN core.images.url IS 'Address of the image, absolute; null where only its caption is left, as in text.';

ALTER TABLE raw.pages ADD COLUMN observed_after TIMESTAMPTZ;
COMMENT ON COLUMN raw.pages.observed_after IS 'Newest moment that anything on the page proves, where no crawler has told observed_at: the page was seen after it.';

COMMENT ON COLUMN core.articles.quality_flags IS 'What is doubtful, such as no_date, guessed_date, future_date, impossible_date, no_author, placeholder_author, short_body, body_fallback.';
