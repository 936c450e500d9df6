-- mart.sightings
-- Grain    one moment at which a crawler saw one capture's payload at its URL: that of the capture, and each harvest that got the same again
-- Reads    raw.pages, ops.fetches
-- Answers  When was a page looked at, also where it had not changed?
-- Columns
--   page_id      The capture; raw.pages.
--   url          Its URL.
--   host         Its host.
--   observed_at  When it was seen.
SELECT page_id, url, host, observed_at
FROM raw.pages
UNION ALL
SELECT p.page_id, p.url, p.host, f.requested_at
FROM ops.fetches AS f
JOIN raw.pages AS p ON p.url = f.url AND p.digest = f.digest
WHERE f.outcome = 'unchanged'
    OR f.outcome = 'changed' AND (f.warc_uri, f.warc_offset) IS DISTINCT FROM (p.warc_uri, p.warc_offset)  -- back to what it was before
