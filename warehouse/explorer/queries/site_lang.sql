-- site_lang
-- Grain    one row: the language of most articles of the host
-- Reads    core.articles, raw.pages
-- Answers  In which language are its headlines, mostly?
-- Empty    No article of this host was loaded.
SELECT mode(a.lang) AS lang
FROM core.articles AS a
JOIN raw.pages AS p USING (page_id)
WHERE p.host = $host
