-- 0017_fold
-- Why    Texts were folded by phrases, as a query of a few words cannot be; every text is folded by one map of characters now.
-- Fold   5eaddcfb
-- Changes core.articles and core.listing_items: the same rows, their folded texts made anew, also where there were none.
--         The map is that of warehouse/search/fold.tsv, which migrate gives as the variables fold_before and fold_after. A change of
--         the file needs a migration such as this one: tests/warehouse/test_fold.py compares the mark above.

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
INSERT INTO core.articles_new BY NAME
SELECT * EXCLUDE (folded) REPLACE (
    split_part(folded, chr(30), 1) AS title_folded, substr(folded, length(split_part(folded, chr(30), 1)) + 2) AS body_folded
)
FROM (
    SELECT *, translate(title || chr(30) || body, getvariable('fold_before')::VARCHAR, getvariable('fold_after')::VARCHAR) AS folded
    FROM core.articles
);
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
COMMENT ON COLUMN core.articles.title_folded IS 'title for search and comparison, as the macro fold gives it: one case and width, no accents, one form of characters that are written for one another. To be compared with fold(''…'').';
COMMENT ON COLUMN core.articles.body_folded IS 'body in the same form as title_folded.';
COMMENT ON COLUMN core.articles.script IS 'Script of a Chinese article, ISO 15924: by the characters that Simplified and Traditional Chinese write differently; null for other languages and where too few of these tell.';
COMMENT ON COLUMN core.articles.is_cloaked IS 'Whether the page was a mirror''s, disguised with readings in brackets and Traditional characters; title and body have the text as it was before.';
COMMENT ON COLUMN core.articles.repair_count IS 'Spans of the whole page that restoration changed; core.repairs has each.';
COMMENT ON COLUMN core.articles.lost_count IS 'Those among them of which a character is lost for good and stands as U+FFFD.';
COMMENT ON COLUMN core.articles.seo_title IS 'Headline as the page words it for search engines and networks, where that is another than title, which is the printed one; core.evidence has where both stand. Null in rows loaded before it was told apart.';

CREATE TABLE core.listing_items_new (
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
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    headline_folded VARCHAR
);
-- A thousand headlines at a time, each once: what translate costs is the map, which it reads anew for every text.
CREATE TEMP TABLE folded_headlines AS
WITH packs AS (
    SELECT list(headline) AS headlines
    FROM (
        SELECT headline, row_number() OVER () // 1000 AS pack
        FROM (SELECT DISTINCT headline FROM core.listing_items WHERE NOT contains(headline, chr(30)))
    )
    GROUP BY pack
)
SELECT unnest(headlines) AS headline, unnest(string_split(translate(
    array_to_string(headlines, chr(30)), getvariable('fold_before')::VARCHAR, getvariable('fold_after')::VARCHAR
), chr(30))) AS headline_folded
FROM packs;
INSERT INTO core.listing_items_new BY NAME
SELECT item.* REPLACE (coalesce(known.headline_folded, translate(
    item.headline, getvariable('fold_before')::VARCHAR, getvariable('fold_after')::VARCHAR
)) AS headline_folded)
FROM core.listing_items AS item
LEFT JOIN folded_headlines AS known USING (headline);
DROP TABLE folded_headlines;
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
