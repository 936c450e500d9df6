-- fold(text)
-- Grain    one text
-- Reads    nothing
-- Answers  How is a text written where case, accents, width and the forms of a character do not count? The folded columns are.
-- Example  SELECT count(*) FROM core.articles WHERE contains(body_folded, fold('網絡安全'))
-- Parameters
--   text  Any text. :before and :after below stand for the map of warehouse/search/fold.tsv.
CASE WHEN strlen(text) = length(text) THEN lower(text) ELSE translate(text, :before, :after) END
