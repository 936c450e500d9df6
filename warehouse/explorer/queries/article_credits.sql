-- article_credits
-- Grain    one row per name and role
-- Reads    core.credits
-- Answers  Who made it?
-- Empty    The page credits nobody.
SELECT role, position, name, as_printed
FROM core.credits
WHERE page_id = $page_id
ORDER BY role, position
