-- evidence_of
-- Grain    one row per field of the capture $page_id
-- Reads    core.evidence
-- Answers  Why is this value here?
SELECT field, value, source, reason, candidates, extractor
FROM core.evidence
WHERE page_id = $page_id
ORDER BY
    list_position(['page_kind', 'title', 'authors', 'published_at', 'modified_at', 'site_name', 'lang', 'section', 'tags',
                   'body'], field) NULLS LAST,
    regexp_extract(field, '^[^0-9]*'), length(field), field -- listing_2 before listing_10
