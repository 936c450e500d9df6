-- search.matches(query)
-- Grain    one article that a query finds
-- Reads    search.wanted, search.stands_in, search.meets, search.postings, search.documents, search.terms, search.stems, search.size, core.articles
-- Answers  Which articles does a query find, and how well does each fit (BM25)?
-- Example  SELECT count(*) FROM search.matches('網絡安全 OR cybersecurity')
-- Parameters
--   query  As search_articles takes it.
-- Columns
--   doc  Its number in search.documents.
--   page_id  The article; core.articles.
--   score  How well it fits: the more the better.
--   texts  What the query asks for, folded: the same in every row.
WITH wanted AS MATERIALIZED (FROM search.wanted(query)),
spelt AS (  -- every term that serves a wanted one, and how rare these are together
    SELECT w.token, w.in_title, t.term, s.average_token_count, CASE WHEN w.is_excluded THEN 0e0 ELSE
        ln(1 + greatest(s.document_count - sum(sum(t.document_count)) OVER (PARTITION BY w.token), 0)::DOUBLE
            / (0.5e0 + sum(sum(t.document_count)) OVER (PARTITION BY w.token))) END AS rarity
    FROM (
        SELECT token, in_title, is_excluded, how = 'begins' AS begins, term FROM wanted
        UNION ALL
        SELECT DISTINCT w.token, w.in_title, w.is_excluded, false, other.word
        FROM (
            SELECT f.token, f.in_title, f.is_excluded, f.term, own.stem, own.lang
            FROM (  -- a form that is in no text is taken for what its language's stemmer makes of such an ending, else for what it begins with
                SELECT token, in_title, is_excluded, term, unnest([
                    {'form': left(term, length(term) - cut), 'lang': NULL::VARCHAR, 'trust': length(term) - cut}
                    FOR cut IN [0, 1, 2, 3] IF length(term) - cut > 2
                ] || [
                    {'form': left(term, length(term) - length(e.ending)) || e.becomes, 'lang': e.lang, 'trust': length(term) - 0.5}
                    FOR e IN endings IF ends_with(term, e.ending)
                ], recursive := true)
                FROM wanted, (SELECT endings FROM search.size) WHERE how = 'stem'
            ) AS f
            JOIN search.stems AS own ON own.word = f.form AND (f.lang IS NULL OR own.lang = f.lang AND own.stem = f.form)
            QUALIFY f.trust = max(f.trust) OVER (PARTITION BY f.token)
        ) AS w
        JOIN search.stems AS other ON other.stem = w.stem AND other.lang = w.lang AND other.word != w.term
    ) AS w
    JOIN search.terms AS t ON t.first = w.term[1] AND (t.term = w.term OR w.begins AND starts_with(t.term, w.term)), search.size AS s
    GROUP BY w.token, w.in_title, w.is_excluded, t.term, s.document_count, s.average_token_count
), found AS (
    SELECT p.doc, bit_or(1::UHUGEINT << sp.token::UHUGEINT) AS has, any_value(d.page_id) AS page_id, sum(
        sp.rarity * CASE WHEN p.in_title THEN 2 ELSE p.frequency END * 2.2e0
        / (CASE WHEN p.in_title THEN 2 ELSE p.frequency END + 0.3e0 + 0.9e0 * d.token_count / sp.average_token_count)
    ) AS score
    FROM search.postings AS p
    JOIN spelt AS sp ON p.term = sp.term
    JOIN search.documents AS d ON d.doc = p.doc
    WHERE NOT sp.in_title OR p.in_title
    GROUP BY p.doc
), units AS (  -- a phrase is one term more, which only the text proves
    SELECT clause, is_excluded, is_phrase, in_title, text, words, bit_or(1::UHUGEINT << token::UHUGEINT) AS terms,
        CASE WHEN is_phrase THEN 1::UHUGEINT << (96 + unit)::UHUGEINT ELSE 0::UHUGEINT END AS proof
    FROM wanted GROUP BY clause, is_excluded, is_phrase, in_title, text, words, unit
), asked AS MATERIALIZED (
    SELECT list(alternatives) FILTER (NOT is_excluded) AS clauses, flatten(list(alternatives) FILTER (is_excluded)) AS excluded,
        flatten(list(phrases)) AS phrases, bit_or(proofs) AS proofs, flatten(list(texts) FILTER (NOT is_excluded)) AS texts
    FROM (
        SELECT is_excluded, list(proof | terms) AS alternatives, bit_or(proof) AS proofs, list(text) AS texts,
            list({'proof': proof, 'terms': terms, 'text': text, 'words': words, 'in_title': in_title}) FILTER (is_phrase) AS phrases
        FROM units GROUP BY clause, is_excluded
    )
), proved AS (
    SELECT f.* REPLACE (f.has | list_reduce(list_transform(q.phrases, lambda p: CASE WHEN f.has & p.terms = p.terms AND search.stands_in(
        p.text, p.words, CASE WHEN p.in_title THEN a.title_folded ELSE concat_ws(chr(10), a.title_folded, a.body_folded) END)
        THEN p.proof ELSE 0::UHUGEINT END), lambda one, other: one | other) AS has)
    FROM found AS f JOIN core.articles AS a USING (page_id), asked AS q
    WHERE regexp_matches(query, '["“”„‟＂]')  -- known before anything is read: without a phrase no text is
        AND q.proofs > 0 AND search.meets(f.has | q.proofs, q.clauses)
    UNION ALL
    SELECT f.* FROM found AS f, asked AS q WHERE q.proofs = 0
)
SELECT f.doc, f.page_id, round(f.score, 4) AS score, q.texts
FROM proved AS f, asked AS q
WHERE search.meets(f.has, q.clauses) AND NOT coalesce(search.meets(f.has, [q.excluded]), false)
