-- copies_of
-- Grain    one row per relation of the page $page_id: to what it is a copy of, and to what is a copy of it
-- Reads    core.copies, raw.pages
-- Answers  Whose text is this, who else has it, and what tells so
SELECT 'copy of' AS side, relation, origin_page_id AS other_page_id, origin_url AS other_url, similarity, origin_coverage, confidence, evidence,
    story_id
FROM core.copies
WHERE page_id = $page_id
UNION ALL
SELECT 'origin of', c.relation, c.page_id, p.url, c.similarity, c.origin_coverage, c.confidence, c.evidence, c.story_id
FROM core.copies AS c
JOIN raw.pages AS p USING (page_id)
WHERE c.origin_page_id = $page_id
ORDER BY side, relation, other_url
