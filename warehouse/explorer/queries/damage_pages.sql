-- damage_pages
-- Grain    one row per article with a repair
-- Reads    core.articles, raw.pages
-- Answers  Which articles were repaired most?
-- Empty    No article of these was repaired.
SELECT a.title, a.lang, p.host, a.is_cloaked, a.script, a.repair_count, a.lost_count, p.observed_at, a.page_id
FROM core.articles AS a
JOIN raw.pages AS p USING (page_id)
WHERE a.repair_count > 0
    AND p.host = $host
ORDER BY a.repair_count DESC, a.page_id
