-- search.wanted(query)
-- Grain    one term that a query asks for, in one of its units: a word, a run or a phrase
-- Reads    fold, search.runs, search.has_no_spaces
-- Answers  What does a query ask for? docs/search.md has the language.
-- Example  FROM search.wanted('網(wǎng)絡(luò) OR "White House" -title:警察 elect*')
-- Parameters
--   query  Words as an analyst writes them.
-- Columns
--   token  Its place among all terms of the query, from 0: the first 96 count.
--   unit  Which unit it is of, from 0: the first 32 count.
--   clause  Units of one clause are alternatives (OR); all clauses must be met.
--   is_excluded  Whether what has the unit is not wanted.
--   in_title  Whether it must stand in the title.
--   term  The term, or its beginning.
--   how  is: as it stands; stem: in any form of the word; begins: whatever begins so.
--   text  The unit as a whole, folded.
--   words  The runs of the unit.
--   is_phrase  Whether the text must stand there as a whole and its terms do not prove that.
WITH parts AS (
    SELECT unnest(found) AS part, unnest(range(len(found))) AS place
    FROM (
        SELECT regexp_extract_all(translate(CASE
            WHEN regexp_matches(query, '[\x{3400}-\x{9fff}] ?[(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ][a-z]*[)）]')
            THEN regexp_replace(query, '([\x{3400}-\x{9fff}]) ?[(（][a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]{1,7}[)）]', '\1', 'g')
            ELSE query  -- else without the readings that a cloak has pushed in: one with the mark of a tone tells
        END, '“”„‟＂＊－：｜　', '"""""*-:| '), '-*(?:title:-*)?"[^"]*"?|[^\s"]+') AS found
    )
), units AS (
    SELECT sum(CASE WHEN after_or THEN 0 ELSE 1 END) OVER (ORDER BY place) AS clause, row_number() OVER (ORDER BY place) - 1 AS unit,
        starts_with(part, '-') OR after_not AS is_excluded, regexp_matches(part, '^-*title:') AS in_title, contains(part, '"') AS is_phrase,
        ends_with(part, '*') AS is_prefix,
        trim(regexp_replace(fold(regexp_replace(part, '^-*(title:-*)?"?|["*]+$', '', 'g')), '\s+', ' ', 'g')) AS text
    FROM (
        SELECT *, coalesce(lag(part) OVER (ORDER BY place) IN ('OR', '|'), false) AS after_or,
            coalesce(lag(part) OVER (ORDER BY place) = 'NOT', false) AS after_not
        FROM parts WHERE part != 'AND'
    )
    WHERE part NOT IN ('OR', '|', 'NOT')
), asked AS (
    SELECT unit, clause, is_excluded, in_title, is_phrase, text, words, unnest(list_distinct(flatten(list_transform(words, lambda run: CASE
        WHEN NOT search.has_no_spaces(run)
            THEN [{'term': left(run, 40), 'how': CASE WHEN is_prefix THEN 'begins' WHEN is_phrase THEN 'is' ELSE 'stem' END}]
        WHEN length(run) = 1 THEN [{'term': run, 'how': 'begins'}]
        ELSE list_transform(range(1, length(run)), lambda place: {'term': run[place:place + 1], 'how': 'is'})
    END))), recursive := true)
    FROM (SELECT *, search.runs(text) AS words FROM units WHERE unit < 32)
)
SELECT (row_number() OVER (ORDER BY unit, term) - 1)::INTEGER AS token, unit::INTEGER AS unit, clause::INTEGER AS clause,
    is_excluded, in_title, term, how, text, words,
    is_phrase AND count(*) OVER (PARTITION BY unit) > 1 AS is_phrase
FROM asked
QUALIFY row_number() OVER (ORDER BY unit, term) <= 96
