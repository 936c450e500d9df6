-- integrity
-- Grain    one row per promise between tables that constraints cannot keep
-- Reads    raw.pages, core.*, ops.*
-- Answers  Does everything in the warehouse stand on something? broken_count is 0 where it does
SELECT 'every article has its capture' AS promise, count(*) AS broken_count, min(page_id) AS example
FROM core.articles ANTI JOIN raw.pages USING (page_id)
UNION ALL
SELECT 'every credit has its article', count(*), min(page_id) FROM core.credits ANTI JOIN core.articles USING (page_id)
UNION ALL
SELECT 'every image has its article', count(*), min(page_id) FROM core.images ANTI JOIN core.articles USING (page_id)
UNION ALL
SELECT 'every listing item has its article', count(*), min(page_id) FROM core.listing_items ANTI JOIN core.articles USING (page_id)
UNION ALL
SELECT 'no place in a listing is taken twice', count(*), min(page_id)
FROM (SELECT page_id FROM core.listing_items GROUP BY page_id, listing_number, position HAVING count(*) > 1)
UNION ALL
SELECT 'every statement stands in the body of its article', count(*), min(s.page_id)
FROM core.statements AS s LEFT JOIN core.articles AS a USING (page_id)
WHERE a.body[s.start_offset + 1:s.end_offset] IS DISTINCT FROM s.text
UNION ALL
SELECT 'all evidence has its capture', count(*), min(page_id) FROM core.evidence ANTI JOIN raw.pages USING (page_id)
UNION ALL
SELECT 'every repair has its capture', count(*), min(page_id) FROM core.repairs ANTI JOIN raw.pages USING (page_id)
UNION ALL
SELECT 'no repair of a capture is told twice', count(*), min(page_id)
FROM (SELECT page_id FROM core.repairs GROUP BY page_id, repair_number HAVING count(*) > 1)
UNION ALL
SELECT 'every capture has an article or a reject', count(*), min(page_id)
FROM (SELECT page_id FROM raw.pages ANTI JOIN core.articles USING (page_id)) ANTI JOIN ops.rejects USING (page_id)
UNION ALL
SELECT 'no capture has both an article and a standing reject of it', count(*), min(page_id)
FROM core.articles SEMI JOIN
    (SELECT page_id FROM ops.rejects WHERE replayed_at IS NULL AND table_name IN ('raw.pages', 'core.articles')) USING (page_id)
UNION ALL
SELECT 'no field of a capture has evidence twice', count(*), min(page_id)
FROM (SELECT page_id FROM core.evidence GROUP BY page_id, field HAVING count(*) > 1)
UNION ALL
SELECT 'every batch has its run', count(*), min(batch_id) FROM ops.batches ANTI JOIN ops.runs USING (run_id)
UNION ALL
SELECT 'every stretch of input has its batch', count(*), min(batch_id) FROM ops.inputs ANTI JOIN ops.batches USING (batch_id)
UNION ALL
SELECT 'every expectation result has its batch', count(*), min(batch_id) FROM ops.checks ANTI JOIN ops.batches USING (batch_id)
UNION ALL
SELECT 'the counts of every batch add up', count(*), min(batch_id) FROM ops.batches
WHERE seen_count != loaded_count::HUGEINT + known_count + rejected_count
