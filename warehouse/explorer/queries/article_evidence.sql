-- article_evidence
-- Grain    one row per field
-- Reads    core.evidence
-- Answers  Why is each value what it is?
-- Empty    Nothing was recorded about this page.
SELECT field, value, source, reason, candidates, extractor
FROM core.evidence
WHERE page_id = $page_id
ORDER BY
    list_position(['page_kind', 'title', 'authors', 'published_at', 'modified_at', 'site_name', 'lang', 'section', 'tags', 'body'], field)
        NULLS LAST,
    regexp_extract(field, '^[^0-9]*'), length(field), field
