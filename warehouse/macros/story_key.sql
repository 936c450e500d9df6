-- story_key(url, canonical_url)
-- Grain    one text
-- Reads    url_key
-- Answers  Which captures are of one story? Those of one canonical URL, where a page names one on its own site that is not the site's front page; else those of one URL.
-- Example  SELECT story_key('https://m.post.example/ferry?page=1', 'https://www.post.example/ferry')
-- Parameters
--   url            URL of the capture; raw.pages.
--   canonical_url  URL that the page names as its own; raw.pages.
CASE
    WHEN canonical_url IS NULL OR canonical_url = url THEN url_key(url)
    -- a copy on another site names the original, and some sites name their front page on every page
    WHEN contains(url_key(canonical_url), '/') AND split_part(url_key(canonical_url), '/', 1) = split_part(url_key(url), '/', 1)
    THEN url_key(canonical_url)
    ELSE url_key(url)
END
