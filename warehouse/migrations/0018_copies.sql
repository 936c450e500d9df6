-- 0018_copies
-- Why    A story stands on many pages: who counts stories must know which pages are copies of which, and whose they are.
-- Adds   core.copies, core.stories; relate_articles fills them

CREATE TABLE core.copies (
    page_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(page_id, '^[0-9a-f]{16}$')),
    origin_url VARCHAR NOT NULL CHECK (system.main.length(origin_url) >= 1),
    relation VARCHAR NOT NULL CHECK (relation IN ('revision', 'syndication', 'mirror', 'cloaked_mirror', 'scraped', 'excerpt')),
    origin_page_id VARCHAR CHECK (system.main.regexp_matches(origin_page_id, '^[0-9a-f]{16}$')),
    similarity DOUBLE CHECK (similarity >= 0.0) CHECK (similarity <= 1.0),
    origin_coverage DOUBLE CHECK (origin_coverage >= 0.0) CHECK (origin_coverage <= 1.0),
    confidence DOUBLE NOT NULL CHECK (confidence >= 0.0) CHECK (confidence <= 1.0),
    evidence VARCHAR[] NOT NULL,
    story_id VARCHAR CHECK (system.main.regexp_matches(story_id, '^[0-9a-f]{16}$')),
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    PRIMARY KEY (page_id, origin_url, relation)
);
COMMENT ON TABLE core.copies IS 'core.copies: one article that is a copy of another, or of a page that was never captured, with what tells so.';
COMMENT ON COLUMN core.copies.page_id IS 'The copy; core.articles.';
COMMENT ON COLUMN core.copies.origin_url IS 'Address of the origin: of its first capture, or inferred where it was never captured.';
COMMENT ON COLUMN core.copies.relation IS 'revision: the outlet''s own, one address captured again, or another of its addresses; syndication: credited; mirror: path kept, host replaced; cloaked_mirror: disguised besides; scraped: none of these; excerpt: a passage of it, so that two stories are related and stay two.';
COMMENT ON COLUMN core.copies.origin_page_id IS 'The origin; core.articles. Null where it was never captured.';
COMMENT ON COLUMN core.copies.similarity IS 'Letters of the copy that stand in the origin, in passages, 0..1; null where the origin was never captured.';
COMMENT ON COLUMN core.copies.origin_coverage IS 'Letters of the origin that stand in the copy, 0..1.';
COMMENT ON COLUMN core.copies.confidence IS 'How sure it is that this is the relation and that the origin, 0..1.';
COMMENT ON COLUMN core.copies.evidence IS 'What decided, such as path_owner, same_path, credit or published; through: by way of another copy.';
COMMENT ON COLUMN core.copies.story_id IS 'Story that the copy belongs to; core.stories. Null for an excerpt, and for a copy of what was never captured that nothing else here is a copy of.';
COMMENT ON COLUMN core.copies.run_id IS 'Run that decided so; ops.runs.';

CREATE TABLE core.stories (
    story_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(story_id, '^[0-9a-f]{16}$')),
    origin_page_id VARCHAR CHECK (system.main.regexp_matches(origin_page_id, '^[0-9a-f]{16}$')),
    origin_url VARCHAR NOT NULL CHECK (system.main.length(origin_url) >= 1),
    page_count INTEGER NOT NULL CHECK (page_count >= 2),
    host_count INTEGER NOT NULL CHECK (host_count >= 0),
    first_published_at TIMESTAMPTZ,
    first_observed_at TIMESTAMPTZ NOT NULL,
    last_observed_at TIMESTAMPTZ NOT NULL,
    confidence DOUBLE NOT NULL CHECK (confidence >= 0.0) CHECK (confidence <= 1.0),
    evidence VARCHAR[] NOT NULL,
    run_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(run_id, '^[0-9a-f]{16}$')),
    PRIMARY KEY (story_id)
);
COMMENT ON TABLE core.stories IS 'core.stories: one story that two or more articles tell in the same words: the copies that are connected, with one origin.';
COMMENT ON COLUMN core.stories.story_id IS 'page_id of its origin, or where that was never captured the least of its articles.';
COMMENT ON COLUMN core.stories.origin_page_id IS 'The origin; core.articles. Null where it was never captured.';
COMMENT ON COLUMN core.stories.origin_url IS 'Address of the origin, inferred where it was never captured.';
COMMENT ON COLUMN core.stories.page_count IS 'Articles of it, the origin among them where it was captured; excerpts do not count.';
COMMENT ON COLUMN core.stories.host_count IS 'Sites that they stand on: hosts, without www and its like. Pages without a host do not count.';
COMMENT ON COLUMN core.stories.first_published_at IS 'Earliest publication that any of its articles claims, copies included.';
COMMENT ON COLUMN core.stories.first_observed_at IS 'When the first of them was seen.';
COMMENT ON COLUMN core.stories.last_observed_at IS 'When the last of them was seen.';
COMMENT ON COLUMN core.stories.confidence IS 'How sure the origin is, 0..1.';
COMMENT ON COLUMN core.stories.evidence IS 'What told the origin, as in core.copies.';
COMMENT ON COLUMN core.stories.run_id IS 'Run that decided so; ops.runs.';
