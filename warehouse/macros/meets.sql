-- search.meets(has, clauses)
-- Grain    one article
-- Reads    nothing
-- Answers  Has it a unit of every clause?
-- Example  SELECT search.meets(5::UHUGEINT, [[1::UHUGEINT, 2::UHUGEINT]])
-- Parameters
--   has  A bit for each term that stands in it.
--   clauses  Lists of units; a unit is a bit for each of its terms.
list_bool_and(list_transform(clauses, lambda clause: list_bool_or(list_transform(clause, lambda unit: has & unit = unit))))
