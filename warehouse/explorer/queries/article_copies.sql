-- article_copies
-- Grain    one row per relation of the page: to what it is a copy of, to what is a copy of it, and to other copies of its story
-- Reads    core.copies, raw.pages, core.articles
-- Answers  Whose text is this, who else has it, and what tells so?
-- Empty    It was found to be no copy, and nothing to be a copy of it.
WITH own AS (
    SELECT story_id FROM core.copies WHERE page_id = $page_id AND story_id IS NOT NULL
)
SELECT 'copy of' AS side, c.relation, CASE WHEN c.origin_page_id IS NOT NULL THEN $page_id END AS beside, a.title, c.origin_url AS url,
    p.observed_at, c.similarity, c.origin_coverage, c.confidence, c.evidence, c.origin_page_id AS page_id
FROM core.copies AS c
LEFT JOIN raw.pages AS p ON p.page_id = c.origin_page_id
LEFT JOIN core.articles AS a ON a.page_id = c.origin_page_id
WHERE c.page_id = $page_id
UNION ALL
SELECT CASE WHEN c.origin_page_id = $page_id THEN 'origin of' ELSE 'another' END, c.relation, $page_id, a.title, p.url, p.observed_at,
    c.similarity, c.origin_coverage, c.confidence, c.evidence, c.page_id
FROM core.copies AS c
JOIN raw.pages AS p USING (page_id)
JOIN core.articles AS a USING (page_id)
WHERE c.page_id != $page_id AND (c.origin_page_id = $page_id OR c.story_id IN (FROM own))
ORDER BY side DESC, relation, url, page_id
