-- article_images
-- Grain    one row per image
-- Reads    core.images
-- Answers  Which images does it show? They are never loaded here.
-- Empty    The page shows no image.
SELECT position, caption, alt, url
FROM core.images
WHERE page_id = $page_id
ORDER BY position
