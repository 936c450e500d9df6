-- attention(query, per := 'day', host := NULL, lang := NULL, stories := false)
-- Grain    one day, or other period, in which articles were published
-- Reads    search.matches, search.documents, core.copies
-- Answers  How much is written about something over time, and what share of everything is that?
-- Example  FROM attention('網絡安全 OR cybersecurity', per := 'month')
-- Parameters
--   query  As search_articles takes it.
--   per  The period: hour, day, week, month, quarter, year.
--   host  Only of this host.
--   lang  Only in this language, ISO 639.
--   stories  Whether each story counts once, when and where its origin was published, and its copies do not; core.copies.
-- Columns
--   period  Its beginning, in UTC.
--   matching_count  Articles of the period that the query finds.
--   article_count  All articles of the period; those without a date are in none.
--   share  The first in the second, 0..1.
WITH hits AS (SELECT doc FROM search.matches(query))
SELECT date_trunc(per, make_timestamp(epoch_us(d.published_at))) AS period, count(h.doc) AS matching_count, count(*) AS article_count,
    count(h.doc) / count(*) AS share
FROM search.documents AS d LEFT JOIN hits AS h USING (doc)
WHERE d.published_at IS NOT NULL AND (host IS NULL OR d.host = host) AND (lang IS NULL OR d.lang = lang)
    AND (NOT stories OR d.page_id NOT IN (SELECT page_id FROM core.copies WHERE story_id != page_id))
GROUP BY ALL ORDER BY ALL
