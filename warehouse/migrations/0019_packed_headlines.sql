-- 0019_packed_headlines
-- Why    Headlines of listings are stored twice, as shown and folded, and were a third of a file with a million of them.
-- Changes core.listing_items: the same rows, both texts packed by zstd.

CREATE TABLE core.listing_items_new (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    listing_number INTEGER NOT NULL CHECK (listing_number >= 1),
    position INTEGER NOT NULL CHECK (position >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('related', 'recommended', 'hot', 'latest', 'section')),
    label VARCHAR,
    headline VARCHAR NOT NULL USING COMPRESSION zstd CHECK (system.main.length(headline) >= 1),
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
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    headline_folded VARCHAR USING COMPRESSION zstd
);
INSERT INTO core.listing_items_new BY NAME SELECT * FROM core.listing_items;
DROP TABLE core.listing_items;
ALTER TABLE core.listing_items_new RENAME TO listing_items;
COMMENT ON TABLE core.listing_items IS 'core.listing_items: one item of one listing of one page.';
COMMENT ON COLUMN core.listing_items.page_id IS 'The capture it was seen on, with an article or without; raw.pages.';
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
COMMENT ON COLUMN core.listing_items.headline_folded IS 'headline for search and comparison, in the form of core.articles.title_folded.';
