-- 0020_lastmod
-- Why    What a sitemap says of a page decides whether it is asked for again, so it is kept beside what the look then found.
-- Adds   ops.fetches.lastmod_at; null in the rows that are there
-- Lake    contracts

ALTER TABLE ops.fetches ADD COLUMN lastmod_at TIMESTAMPTZ;
COMMENT ON COLUMN ops.fetches.lastmod_at IS 'When it was changed last, as the sitemap said that named it; null where none did, or none said it.';
