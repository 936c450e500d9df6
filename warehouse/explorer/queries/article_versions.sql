-- article_versions
-- Grain    one row per capture of the story
-- Reads    raw.pages, core.articles
-- Answers  How did it change from capture to capture?
-- Empty    It was captured once.
SELECT
    p.observed_at, a.title, a.lang, a.title != lag(a.title) OVER captures AS has_new_title, a.char_count,
    a.text_fingerprint != lag(a.text_fingerprint) OVER captures AS has_new_text, a.modified_at, p.url, p.page_id
FROM raw.pages AS p
LEFT JOIN core.articles AS a USING (page_id)
WHERE p.url = $url
    OR p.canonical_url = $canonical_url
WINDOW captures AS (ORDER BY p.observed_at, p.page_id)
ORDER BY p.observed_at DESC, p.page_id
