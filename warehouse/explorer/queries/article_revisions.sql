-- article_revisions
-- Grain    one row per change between two captures of the story
-- Reads    mart.article_revisions, mart.captures
-- Answers  What exactly was changed?
-- Empty    No change between two captures is known.
SELECT after_at, part, change, paragraph, before, after, is_same_extractor, before_page_id, after_page_id
FROM mart.article_revisions
WHERE story = (SELECT story FROM mart.captures WHERE page_id = $page_id)
ORDER BY after_at DESC, part DESC, paragraph
