-- search_plain
-- Grain    one row per article that has the very characters
-- Reads    core.articles, raw.pages
-- Answers  Articles with these very characters, the newest first
-- Empty    Nothing matches. Use fewer words, OR between them, or take a filter away; a word ends in * to stand for all that begin with it.
SELECT a.title, a.published_at, p.host, a.lang, p.url, a.page_id
FROM core.articles AS a
JOIN raw.pages AS p USING (page_id)
WHERE (contains(a.title_folded, lower($query)) OR contains(a.body_folded, lower($query)))
    AND p.host = $host
    AND a.lang = $lang
    AND a.published_at >= $since::TIMESTAMPTZ
    AND a.published_at < $until::TIMESTAMPTZ
ORDER BY a.published_at DESC, a.page_id
