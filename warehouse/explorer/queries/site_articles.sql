-- site_articles
-- Grain    one row per article of the host
-- Reads    core.articles, raw.pages
-- Answers  Its newest articles
-- Empty    No article of this host was loaded.
SELECT a.published_at, a.title, a.lang, a.section, a.char_count, p.observed_at, a.page_id
FROM core.articles AS a
JOIN raw.pages AS p USING (page_id)
WHERE p.host = $host
ORDER BY coalesce(a.published_at, p.observed_at) DESC, a.page_id
