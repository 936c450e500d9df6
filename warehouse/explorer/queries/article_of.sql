-- article_of
-- Grain    one row: the newest capture that $page names, one with an article before others
-- Reads    raw.pages, core.articles
-- Answers  Which page is this?
-- Empty    No capture has this page_id or URL.
SELECT p.*, a.* EXCLUDE (page_id, run_id), a.page_id IS NOT NULL AS has_article
FROM raw.pages AS p
LEFT JOIN core.articles AS a USING (page_id)
WHERE p.page_id = $page OR p.url = $page OR p.canonical_url = $page
ORDER BY p.page_id = $page DESC, has_article DESC, p.observed_at DESC, p.page_id
LIMIT 1
