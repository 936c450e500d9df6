-- outlets
-- Grain    one row per host
-- Reads    raw.pages, core.articles, core.outlets
-- Answers  Which outlets publish how much?
-- Empty    Load pages: `broadsheet ingest PATH`.
SELECT
    p.host, any_value(o.name) AS outlet, any_value(o.country) AS country, any_value(o.kind) AS kind, count(*) AS article_count, count(DISTINCT coalesce(p.canonical_url, p.url)) AS story_count,
    count(DISTINCT a.text_fingerprint) AS text_count, median(a.char_count)::BIGINT AS median_char_count,
    avg((a.published_at IS NULL)::INTEGER) AS undated_share, min(a.published_at) AS first_published_at, max(a.published_at) AS last_published_at
FROM core.articles AS a
JOIN raw.pages AS p USING (page_id)
LEFT JOIN core.outlets AS o ON list_contains(o.hosts, p.host)
WHERE true
    AND a.lang = $lang
    AND a.published_at >= $since::TIMESTAMPTZ
    AND a.published_at < $until::TIMESTAMPTZ
GROUP BY p.host
ORDER BY article_count DESC, p.host
