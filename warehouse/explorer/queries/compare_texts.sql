-- compare_texts
-- Grain    one row per article of the two
-- Reads    core.articles, raw.pages
-- Answers  What do the two articles say, where and when?
-- Empty    These are no articles of this state.
SELECT a.page_id, p.host, p.url, a.title, a.published_at, p.observed_at, a.lang, a.is_cloaked, a.char_count, a.body
FROM core.articles AS a
JOIN raw.pages AS p USING (page_id)
WHERE a.page_id IN ($page, $other)
ORDER BY p.observed_at, a.page_id
