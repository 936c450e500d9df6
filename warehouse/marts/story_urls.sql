-- mart.story_urls
-- Grain    one address under which a story was captured, or that one of its pages names as its own
-- Reads    raw.pages, core.articles, story_key, url_key
-- Answers  To which article does a link lead? Join it by url_key(url).
-- Columns
--   url_key  The address; url_key.
--   page_id  Its article: the newest capture of the story.
--   story    Key of the story; mart.captures.
WITH pages AS (
    SELECT a.page_id, p.observed_at, story_key(p.url, p.canonical_url) AS story, url_key(p.url) AS url_key
    FROM core.articles AS a
    JOIN raw.pages AS p USING (page_id)
),
stories AS (
    SELECT story, max_by(page_id, (observed_at, page_id)) AS page_id, max(observed_at) AS observed_at
    FROM pages
    GROUP BY story
),
addresses AS (
    SELECT url_key, story FROM pages
    UNION
    SELECT story, story FROM stories
)
SELECT a.url_key, max_by(s.page_id, (s.observed_at, s.page_id)) AS page_id, max_by(s.story, (s.observed_at, s.page_id)) AS story
FROM addresses AS a
JOIN stories AS s USING (story)
GROUP BY a.url_key
