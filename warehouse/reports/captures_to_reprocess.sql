-- captures_to_reprocess
-- Grain    one row per capture, in the order in which the raw store has them
-- Reads    raw.pages, ops.rejects, core.evidence
-- Answers  Which captures are to be read again? Empty parameters choose all; $extractor those that another one has read.
SELECT page_id, url, url_source, observed_at, observed_source, http_status, source_kind, source_uri, source_offset, warc_uri, warc_offset, byte_count
FROM raw.pages
WHERE ($since = '' OR observed_at >= try_cast($since AS TIMESTAMPTZ))
    AND ($host = '' OR host = $host OR ends_with(host, '.' || $host))
    AND ($extractor = '' OR page_id NOT IN (SELECT page_id FROM core.evidence WHERE extractor = $extractor))
    AND (NOT $is_refused OR page_id IN (
        SELECT page_id
        FROM ops.rejects
        WHERE page_id IS NOT NULL AND replayed_at IS NULL AND starts_with(reason || coalesce(':' || expectation, ''), $reason)
            AND ($run_id = '' OR run_id = $run_id) AND ($reject_id = '' OR reject_id = $reject_id)
    ))
ORDER BY warc_uri, warc_offset
