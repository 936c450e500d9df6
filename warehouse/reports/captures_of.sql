-- captures_of
-- Grain    one row per capture that $page names: by page_id, url, canonical URL, or the file it came from
-- Reads    raw.pages, core.articles
-- Answers  Which captures are meant, where are their bytes, and does an article stand on them?
SELECT p.*, a.page_id IS NOT NULL AS has_article
FROM raw.pages AS p LEFT JOIN core.articles AS a USING (page_id)
WHERE p.page_id = $page OR p.url = $page OR p.canonical_url = $page OR p.source_uri = $page
ORDER BY p.observed_at, p.page_id
LIMIT 100
