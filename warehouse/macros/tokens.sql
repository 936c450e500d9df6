-- search.tokens(text)
-- Grain    one folded text
-- Reads    search.runs, search.has_no_spaces
-- Answers  Under which terms is a text found? Its words; of runs without spaces each pair of neighbours, and the last character.
-- Example  SELECT search.tokens(fold('Beijing 網絡安全'))
-- Parameters
--   text  What fold gives. Of a word the first 40 characters count.
flatten(list_transform(search.runs(text), lambda run: CASE
    WHEN search.has_no_spaces(run) THEN list_transform(range(1, length(run) + 1), lambda place: run[place:place + 1])
    ELSE [left(run, 40)]
END))
