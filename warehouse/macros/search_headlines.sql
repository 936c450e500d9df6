-- search_headlines(query, most := 100, host := NULL, since := NULL, until := NULL)
-- Grain    one headline that a host has shown in one kind of listing, and where it leads
-- Reads    search.wanted, search.meets, search.stands_in, search.runs, search.has_no_spaces, search.stems, core.listing_items, core.articles, raw.pages
-- Answers  Which headlines about something were shown beside articles and on front pages, where, and for how long?
-- Example  SELECT headline, host, first_seen_at, seen_count FROM search_headlines('網絡攻擊')
-- Parameters
--   query  As search_articles takes it; runs of scripts without spaces are looked for as a whole, and title: says nothing more.
--   most  How many at most.
--   host  Only what this host has shown.
--   since  Only what was seen then or later; a moment, or text in UTC such as '2026-03-01'.
--   until  Only what was seen before.
-- Columns
--   score  Share of the headline that the words make, 0..1; of equal ones the last seen comes first.
--   headline  As shown.
--   target_url  Where it leads; null in text that has lost its links.
--   host  Host that shows it.
--   kind  What listing it was in; core.listing_items.
--   first_seen_at  When a crawler first saw it there, within since and until.
--   last_seen_at  When one last did.
--   seen_count  Captures that show it.
--   page_id  The newest capture of the article that it leads to; null where that was never captured.
WITH wanted AS MATERIALIZED (
    SELECT unit, clause, is_excluded, word, how,
        1::UHUGEINT << least(dense_rank() OVER (ORDER BY unit, word) - 1, 127)::UHUGEINT AS has
    FROM (
        SELECT DISTINCT unit, clause, is_excluded, unnest(CASE WHEN is_phrase THEN [text] ELSE words END) AS word, how
        FROM search.wanted(query)
    )
), needles AS (
    SELECT DISTINCT has, word AS needle, how = 'begins' AND NOT search.has_no_spaces(word) AS begins FROM wanted
    UNION
    SELECT w.has, other.word, false
    FROM wanted AS w
    JOIN search.stems AS own ON own.word = w.word
    JOIN search.stems AS other ON other.stem = own.stem AND other.lang = own.lang
    WHERE w.how = 'stem'
), asked AS MATERIALIZED (
    SELECT list(alternatives) FILTER (NOT is_excluded) AS clauses, flatten(list(alternatives) FILTER (is_excluded)) AS excluded
    FROM (
        SELECT clause, is_excluded, list(terms) AS alternatives
        FROM (SELECT clause, is_excluded, unit, bit_or(has) AS terms FROM wanted GROUP BY ALL)
        GROUP BY ALL
    )
), lines AS (
    SELECT l.headline_folded, bit_or(n.has) AS has, sum(length(n.needle)) AS matching_length
    FROM (SELECT DISTINCT headline_folded FROM core.listing_items) AS l
    JOIN needles AS n ON contains(l.headline_folded, n.needle)
    WHERE CASE WHEN n.begins THEN list_bool_or(list_transform(search.runs(l.headline_folded), lambda run: starts_with(run, n.needle)))
        ELSE search.stands_in(n.needle, search.runs(n.needle), l.headline_folded) END
    GROUP BY l.headline_folded
), found AS (
    SELECT round(least(1, any_value(l.matching_length) / length(i.headline_folded)), 3) AS score, any_value(i.headline) AS headline,
        i.url AS target_url, p.host, i.kind, min(i.observed_at) AS first_seen_at, max(i.observed_at) AS last_seen_at,
        count(DISTINCT i.page_id) AS seen_count
    FROM lines AS l JOIN core.listing_items AS i USING (headline_folded) JOIN raw.pages AS p USING (page_id), asked AS q
    WHERE search.meets(l.has, q.clauses) AND NOT coalesce(search.meets(l.has, [q.excluded]), false) AND (host IS NULL OR p.host = host)
        AND (since IS NULL OR i.observed_at >= since::TIMESTAMPTZ) AND (until IS NULL OR i.observed_at < until::TIMESTAMPTZ)
    GROUP BY i.headline_folded, i.url, p.host, i.kind
    ORDER BY score DESC, last_seen_at DESC, headline, target_url, p.host, i.kind LIMIT most
), targets AS (
    SELECT f.target_url, max_by(p.page_id, p.observed_at) AS page_id
    FROM (SELECT DISTINCT target_url FROM found) AS f
    JOIN (SELECT url, page_id, observed_at FROM raw.pages UNION SELECT canonical_url, page_id, observed_at FROM raw.pages) AS p
        ON p.url = f.target_url
    SEMI JOIN core.articles AS a ON a.page_id = p.page_id
    GROUP BY f.target_url
)
SELECT f.score, f.headline, f.target_url, f.host, f.kind, f.first_seen_at, f.last_seen_at, f.seen_count, t.page_id
FROM found AS f LEFT JOIN targets AS t USING (target_url)
ORDER BY f.score DESC, f.last_seen_at DESC, f.headline, f.target_url, f.host, f.kind
