-- integrity
-- Grain    one row per promise between tables that neither constraints nor contracts can keep; a row's parent and key: warehouse/queries.py
-- Reads    raw.pages, core.articles, core.statements, core.copies, core.stories, ops.rejects, ops.batches
-- Answers  Does what the tables say of one another agree? broken_count is 0 where it does
SELECT 'every statement stands in the body of its article' AS promise, count(*) AS broken_count, min(s.page_id) AS example
FROM core.statements AS s LEFT JOIN core.articles AS a USING (page_id)
WHERE a.body[s.start_offset + 1:s.end_offset] IS DISTINCT FROM s.text
UNION ALL
SELECT 'every capture has an article or a reject', count(*), min(page_id)
FROM (SELECT page_id FROM raw.pages ANTI JOIN core.articles USING (page_id)) ANTI JOIN ops.rejects USING (page_id)
UNION ALL
SELECT 'no capture has both an article and a standing reject of it', count(*), min(page_id)
FROM core.articles SEMI JOIN
    (SELECT page_id FROM ops.rejects WHERE replayed_at IS NULL AND table_name IN ('raw.pages', 'core.articles')) USING (page_id)
UNION ALL
SELECT 'the counts of every batch add up', count(*), min(batch_id) FROM ops.batches
WHERE seen_count != loaded_count::HUGEINT + known_count + rejected_count
UNION ALL
SELECT 'every copy and every origin that was captured is an article', count(*), min(page_id)
FROM (SELECT page_id FROM core.copies UNION SELECT origin_page_id FROM core.copies WHERE origin_page_id IS NOT NULL) AS c
ANTI JOIN core.articles USING (page_id)
UNION ALL
SELECT 'every story has as many pages as it says', count(*), min(s.story_id)
FROM core.stories AS s
LEFT JOIN (SELECT story_id, count(*) AS copy_count FROM core.copies WHERE story_id IS NOT NULL GROUP BY story_id) AS c USING (story_id)
WHERE s.page_count != coalesce(c.copy_count, 0) + (s.origin_page_id IS NOT NULL)::INTEGER
