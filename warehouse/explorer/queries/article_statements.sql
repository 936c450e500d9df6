-- article_statements
-- Grain    one row per turn
-- Reads    core.statements
-- Answers  Who says what in it?
-- Empty    It is no interview: no turns were found.
SELECT turn, kind, speaker_label, speaker, text, start_offset, end_offset
FROM core.statements
WHERE page_id = $page_id
ORDER BY turn
