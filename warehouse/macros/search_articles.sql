-- search_articles(query, most := 100, host := NULL, lang := NULL, since := NULL, until := NULL, stories := false)
-- Grain    one article that a query finds, the one that fits best first
-- Reads    search.matches, search.documents, search.snippet, search.folding, fold, core.articles, raw.pages, core.copies
-- Answers  Which articles are about something, in whatever script and form it is written?
-- Example  SELECT score, title, published_at FROM search_articles('網絡攻擊 OR "cyber attack" -title:opinion', lang := 'zh')
-- Parameters
--   query  Words, "phrases", OR, -without, title:word, begin*; docs/search.md has the language.
--   most  How many at most.
--   host  Only of this host.
--   lang  Only in this language, ISO 639.
--   since  Only what was published then or later; a moment, or text in UTC such as '2026-03-01'.
--   until  Only what was published before.
--   stories  Whether each story is given once, at its origin, and its copies are left out; core.copies.
-- Columns
--   score  How well it fits (BM25; what stands in the title counts more): to be compared within one answer only.
--   page_id  The capture that the article was read from; raw.pages.
--   title  Its headline.
--   url  Address of the page.
--   host  Host of the page.
--   lang  Its language.
--   published_at  When it was published; null where the page does not say.
--   story_id  Story that it tells, so that copies can be told: core.stories; its page_id where nothing else here tells it.
--   snippet  Some 160 characters of the body around the first place that has what was asked for; the beginning where only the title has it.
-- No WITH: DuckDB 1.5.5 reads columns that nobody asks for behind one, and the texts of twenty bodies cost more than all else.
SELECT f.score, d.page_id, a.title, p.url, d.host, d.lang, d.published_at, coalesce(c.story_id, d.page_id) AS story_id,
    search.snippet(a.body, translate(a.body, q.before, q.after), f.texts) AS snippet
FROM (
    SELECT m.score, m.doc, m.texts
    FROM search.matches(query) AS m JOIN search.documents AS d USING (doc)
    WHERE (host IS NULL OR d.host = host) AND (lang IS NULL OR d.lang = lang)
        AND (since IS NULL OR d.published_at >= since::TIMESTAMPTZ) AND (until IS NULL OR d.published_at < until::TIMESTAMPTZ)
        AND (NOT stories OR d.page_id NOT IN (SELECT page_id FROM core.copies WHERE story_id != page_id))
    ORDER BY m.score DESC, m.doc LIMIT most
) AS f
JOIN search.documents AS d ON d.doc = f.doc
JOIN core.articles AS a ON a.page_id = d.page_id
JOIN raw.pages AS p ON p.page_id = d.page_id
LEFT JOIN core.copies AS c ON c.page_id = d.page_id AND c.story_id IS NOT NULL, (
    -- as much of the map of fold as the query needs: so its texts are found at their own places, and cheaply
    SELECT coalesce(string_agg(m.before, ''), '') AS before, coalesce(string_agg(m.after, ''), '') AS after
    FROM search.folding AS m
    WHERE list_contains(string_split(fold(query), ''), m.after)
) AS q
ORDER BY f.score DESC, f.doc
