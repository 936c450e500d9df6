-- home_newest
-- Grain    one row per article
-- Reads    core.articles, raw.pages
-- Answers  The newest articles
-- Empty    Load pages: `broadsheet ingest PATH`.
SELECT a.published_at, a.title, p.host, a.lang, p.observed_at, a.page_id
FROM core.articles AS a
JOIN raw.pages AS p USING (page_id)
ORDER BY coalesce(a.published_at, p.observed_at) DESC, a.page_id
