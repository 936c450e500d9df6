-- statements_of
-- Grain    one row per turn on the capture $page_id, in the order of the article
-- Reads    core.statements
-- Answers  Who asks, who answers, and what is said?
SELECT turn, kind, speaker_label, speaker, text, start_offset, end_offset
FROM core.statements
WHERE page_id = $page_id
ORDER BY turn
