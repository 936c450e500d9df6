-- mart.editor_output
-- Grain    one editor of one host, with the stories of one day and section
-- Reads    raw.pages, core.articles, core.credits, mart.story_urls, mart.hosts, core.local_time
-- Answers  Who edits, how much, when, and for which desk?
-- Columns
--   host                Host of the stories.
--   outlet_id           Outlet of the host; mart.hosts.
--   editor              Name of the editor; core.credits.
--   published_on        Day where they were published; null for stories without a date.
--   section             Section that the pages file them under; null where they do not.
--   article_count       Stories.
--   char_count          Characters of their bodies.
--   first_published_at  The first of them that day; null where no page tells a time of day.
--   last_published_at   The last.
WITH current AS (
    SELECT DISTINCT page_id FROM mart.story_urls
)
SELECT
    p.host,
    h.outlet_id,
    c.name AS editor,
    core.local_time(a.published_at, a.published_zone)::DATE AS published_on,
    a.section,
    count(*) AS article_count,
    sum(a.char_count)::BIGINT AS char_count,
    min(a.published_at) FILTER (a.published_precision = 'minute') AS first_published_at,
    max(a.published_at) FILTER (a.published_precision = 'minute') AS last_published_at
FROM core.credits AS c
JOIN current USING (page_id)
JOIN core.articles AS a USING (page_id)
JOIN raw.pages AS p USING (page_id)
JOIN mart.hosts AS h USING (host)
WHERE c.role = 'editor'
GROUP BY p.host, h.outlet_id, c.name, core.local_time(a.published_at, a.published_zone)::DATE, a.section
