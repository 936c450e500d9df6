-- top_terms(query, most := 50, lang := NULL)
-- Grain    one term that marks the articles which a query finds
-- Reads    search.matches, search.wanted, search.postings, search.terms, search.documents
-- Answers  Which words go with something? Of scripts without spaces: which pairs of characters?
-- Example  FROM top_terms('網絡安全', most := 30)
-- Parameters
--   query  As search_articles takes it; its own terms are not told.
--   most  How many at most.
--   lang  Of the articles in this language, ISO 639; by default in that which most of those found are in.
-- Columns
--   term  A word or a pair of characters, folded.
--   matching_count  Articles of the language that the query finds and that have it.
--   article_count  All articles that have it, in whatever language.
--   score  How much more often it stands in these than in all of the language: matching_count times the logarithm of that.
WITH matching AS MATERIALIZED (SELECT doc, d.lang FROM search.matches(query) JOIN search.documents AS d USING (doc)),
spoken AS (SELECT coalesce(lang, (SELECT mode(m.lang) FROM matching AS m)) AS chosen),
hits AS MATERIALIZED (SELECT m.doc FROM matching AS m, spoken WHERE m.lang IS NOT DISTINCT FROM spoken.chosen),
size AS (
    SELECT (SELECT count(*) FROM hits) AS hit_count, count(*) AS document_count
    FROM search.documents AS d, spoken WHERE d.lang IS NOT DISTINCT FROM spoken.chosen
), told AS (
    SELECT p.term, count(*) AS matching_count
    FROM search.postings AS p SEMI JOIN hits USING (doc)
    WHERE NOT p.in_title AND length(p.term) > 1 AND NOT regexp_full_match(p.term, '[0-9]+')
    GROUP BY p.term
    HAVING count(*) >= least(3, (SELECT count(*) FROM hits))
), known AS (
    SELECT told.term, any_value(told.matching_count) AS matching_count, sum(t.document_count)::BIGINT AS article_count
    FROM search.terms AS t JOIN told USING (term) ANTI JOIN search.wanted(query) AS asked ON asked.term = told.term
    GROUP BY told.term
)
SELECT k.term, k.matching_count, k.article_count,
    round(k.matching_count * ln(k.matching_count / s.hit_count / least(1, k.article_count / s.document_count)), 2) AS score
FROM known AS k, size AS s
WHERE k.matching_count / s.hit_count > k.article_count / s.document_count
ORDER BY score DESC, k.term LIMIT most
