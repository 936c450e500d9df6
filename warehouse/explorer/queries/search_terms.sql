-- search_terms
-- Grain    one row per term
-- Reads    top_terms
-- Answers  Which words mark the articles that match?
-- Empty    Nothing matches. Use fewer words, OR between them, or take a filter away; a word ends in * to stand for all that begin with it.
SELECT term, matching_count, article_count, score
FROM top_terms(
    $query
    , most := $most
)
ORDER BY score DESC, term
