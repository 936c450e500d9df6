-- search.snippet(body, folded, texts)
-- Grain    one article
-- Reads    nothing
-- Answers  What stands around the first of several texts?
-- Example  SELECT search.snippet('Ferries wait. The Harbour is closed.', 'ferries wait. the harbour is closed.', ['harbour'])
-- Parameters
--   body  The text.
--   folded  The same, folded as far as the texts need it, and as long.
--   texts  Folded texts.
body[greatest(1, coalesce(
    list_min(list_filter(list_transform(texts, lambda text: instr(folded, text)), lambda place: place > 0)),
    list_min(list_filter(
        list_transform(texts, lambda text: instr(folded, left(text, greatest(2, length(text) * 2 // 3)))), lambda place: place > 0)),
1) - 50):][:160]
