-- compare_relations
-- Grain    one row per relation of one of the two to the other, or to what both are copies of
-- Reads    core.copies
-- Answers  Which of the two is a copy, of what, and what tells so?
-- Empty    Neither was found to be a copy of the other.
SELECT page_id, relation, similarity, origin_coverage, confidence, evidence, origin_page_id, origin_url, story_id
FROM core.copies
WHERE page_id = $page AND (origin_page_id = $other OR story_id = (SELECT any_value(story_id) FROM core.copies WHERE page_id = $other))
    OR page_id = $other AND (origin_page_id = $page OR story_id = (SELECT any_value(story_id) FROM core.copies WHERE page_id = $page))
ORDER BY ALL
