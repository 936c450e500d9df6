-- article_revisions
-- Grain    one row per change between two captures
-- Reads    mart.article_revisions
-- Answers  What exactly was changed?
-- Empty    No change between two captures is known.
SELECT *
FROM mart.article_revisions
WHERE url = $url
