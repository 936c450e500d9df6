-- site_leading
-- Grain    one row per front or list page and moment at which it was seen
-- Reads    mart.front_page
-- Answers  What led the site, over time?
-- Empty    No front page of this site was captured: name it in a sources.toml, and `broadsheet harvest` asks for it.
SELECT observed_at, page_kind, headline, host, page_url, capture_id, page_id
FROM mart.front_page
WHERE host = $host
    AND is_leading
ORDER BY page_kind = 'front_page' DESC, observed_at DESC, page_url
