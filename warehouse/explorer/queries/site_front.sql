-- site_front
-- Grain    one row per place on the newest front page
-- Reads    mart.front_page
-- Answers  What leads the site now?
-- Empty    No front page of this site was captured: name it in a sources.toml, and `broadsheet harvest` asks for it.
SELECT f.position, f.headline, f.target_url, f.observed_at, f.page_id
FROM mart.front_page AS f
WHERE f.host = $host
    AND f.observed_at = (SELECT max(observed_at) FROM mart.front_page WHERE host = $host)
ORDER BY f.position
