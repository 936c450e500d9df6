-- mart.captures
-- Grain    one capture that carries an article
-- Reads    raw.pages, core.articles, story_key
-- Answers  Which captures are of one story, in which order, and which is the current one?
-- Columns
--   page_id          The capture; raw.pages.
--   story            Key of the story: story_key of its URLs.
--   host             Host of the page.
--   observed_at      When it was seen.
--   capture_number   Place among the captures of the story, the oldest first, 1-based.
--   capture_count    Captures of the story.
--   current_page_id  The newest capture of the story.
SELECT
    a.page_id,
    story_key(p.url, p.canonical_url) AS story,
    p.host,
    p.observed_at,
    row_number() OVER captures AS capture_number,
    count(*) OVER story AS capture_count,
    last_value(a.page_id) OVER (captures ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS current_page_id
FROM core.articles AS a
JOIN raw.pages AS p USING (page_id)
WINDOW captures AS (PARTITION BY story ORDER BY p.observed_at, a.page_id), story AS (PARTITION BY story)
