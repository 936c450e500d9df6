-- search.stands_in(phrase, words, text)
-- Grain    one phrase and one text, both folded
-- Reads    search.runs, search.has_no_spaces
-- Answers  Does the phrase stand in the text, and not only as a part of longer words?
-- Example  SELECT search.stands_in('white house', ['white', 'house'], 'the white house said')
-- Parameters
--   phrase  One or more words; of scripts without spaces any run of characters.
--   words  Its runs.
--   text  The text.
contains(text, phrase) AND list_bool_or(list_transform(range(1, len(string_split(text, phrase))), lambda place: list_has_all(
    search.runs(CASE WHEN search.has_no_spaces(phrase[1:1]) THEN '' ELSE string_split(text, phrase)[place][-1:] END
        || phrase || CASE WHEN search.has_no_spaces(phrase[-1:]) THEN '' ELSE string_split(text, phrase)[place + 1][1:1] END),
    words)))
