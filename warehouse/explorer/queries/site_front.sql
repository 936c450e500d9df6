-- site_front
-- Grain    one row per item of the front page that was captured as $capture
-- Reads    mart.front_page
-- Answers  What stood on it, from the top?
-- Empty    No front page of this site was captured: name it in a sources.toml, and `broadsheet harvest` asks for it.
SELECT position, headline, topic, kind, label, target_url, observed_at, page_id
FROM mart.front_page
WHERE host = $host
    AND capture_id = $capture
ORDER BY position
