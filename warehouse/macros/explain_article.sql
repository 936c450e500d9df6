-- explain_article(page)
-- Grain    one candidate that was looked at for one field of one page; one turn, one repair or one reject of it
-- Reads    raw.pages, core.evidence, core.statements, core.repairs, ops.rejects, ops.runs, url_key
-- Answers  Why does an article have these values: where does each come from, by which rule and code, and what did restoration change?
-- Example  SELECT field, value, candidate, verdict, rule FROM explain_article('https://www.post.example/2026/ferry') WHERE field = 'published_at'
-- Parameters
--   page  page_id of a capture, or a URL in any form that url_key takes for the same: then its newest capture.
-- Columns
--   page_id          The capture; raw.pages.
--   observed_at      When it was seen.
--   part             field, statement, repair or reject.
--   field            Field that it is about, such as title or published_at; statements/2 is the second turn, listing_items/1/3 an item's headline. Of a reject its table.
--   value            Value of the field in the warehouse; of a turn its text, of a repair what stands there now.
--   candidate        Place that offered a value; of a turn its speaker, of a repair the method.
--   candidate_value  What it offered.
--   verdict          won, or why it did not; of a turn its kind, of a repair whether it is proved; of a reject its reason.
--   rule             Why the winner won; of a repair what decided, of a reject what was expected.
--   offsets          Begin and end in the field as the warehouse has it, so that field[offsets[1] + 1:offsets[2]] is value; null where it is no stretch.
--   before           Of a repair: what the page had there.
--   after            Of a repair: what stands there now.
--   confidence       Of a repair: how sure it is, 0..1.
--   extractor        Code that decided; ops.runs.
WITH found AS (
    SELECT p.page_id, p.observed_at, r.extractor
    FROM raw.pages AS p
    LEFT JOIN ops.runs AS r USING (run_id)
    WHERE p.page_id = page OR url_key(p.url) = url_key(page)
    ORDER BY p.page_id = page DESC, p.observed_at DESC, p.page_id DESC
    LIMIT 1
),
rows AS (
    SELECT
        1 AS part_number, page_id, 'field' AS part, field, value, candidate.source AS candidate, candidate.value AS candidate_value,
        candidate.verdict AS verdict, reason AS rule, NULL::INTEGER[] AS offsets, NULL AS before, NULL AS after, NULL::DOUBLE AS confidence,
        extractor, place
    FROM (
        SELECT page_id, field, value, reason, extractor, unnest(candidates) AS candidate, generate_subscripts(candidates, 1) AS place
        FROM core.evidence
        WHERE page_id = (SELECT page_id FROM found)
        UNION ALL
        SELECT page_id, field, value, reason, extractor, NULL, 0
        FROM core.evidence
        WHERE page_id = (SELECT page_id FROM found) AND len(candidates) = 0
    )
    UNION ALL
    SELECT
        2, page_id, 'statement', 'statements/' || turn, text, coalesce(speaker, speaker_label), NULL, kind, NULL, [start_offset, end_offset],
        NULL, NULL, NULL, NULL, turn
    FROM core.statements
    WHERE page_id = (SELECT page_id FROM found)
    UNION ALL
    SELECT
        3, page_id, 'repair', field, after, method, NULL, coalesce(nullif(status, 'restored'), round_trip), evidence,
        [restored_start, restored_end], before, after, confidence, NULL, repair_number
    FROM core.repairs
    WHERE page_id = (SELECT page_id FROM found)
    UNION ALL
    SELECT
        4, page_id, 'reject', table_name, NULL, NULL, NULL, reason, detail, NULL, NULL, NULL, NULL, NULL, 0
    FROM ops.rejects
    WHERE page_id = (SELECT page_id FROM found)
)
SELECT
    f.page_id, f.observed_at, r.part, r.field, r.value, r.candidate, r.candidate_value, r.verdict, r.rule, r.offsets, r.before, r.after,
    r.confidence, coalesce(r.extractor, f.extractor) AS extractor
FROM rows AS r
JOIN found AS f USING (page_id)
ORDER BY r.part_number, CASE WHEN r.part_number = 1 THEN r.field END, r.place
