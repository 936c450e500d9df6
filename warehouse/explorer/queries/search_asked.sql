-- search_asked
-- Grain    one row per text or term that a query asks for, and per other form of such a word
-- Reads    search.wanted, search.stems
-- Answers  What is marked where it is found?
-- Empty    The query asks for nothing.
WITH wanted AS (SELECT DISTINCT unnest([text, term]) AS asked, how FROM search.wanted($query) WHERE NOT is_excluded)
SELECT asked FROM wanted
UNION
SELECT form.word
FROM wanted AS w
JOIN search.stems AS own ON own.word = w.asked
JOIN search.stems AS form ON form.stem = own.stem AND form.lang = own.lang AND form.word != form.stem
WHERE w.how = 'stem'
ORDER BY asked
