-- 0011_seo_title
-- Why    Pages word their headline otherwise for search engines than they print it: title is the printed one, and the other was lost.
-- Adds   core.articles.seo_title; null for articles that were loaded before, and where a page has one wording

ALTER TABLE core.articles ADD COLUMN seo_title VARCHAR;
COMMENT ON COLUMN core.articles.seo_title IS 'Headline as the page words it for search engines and networks, where that is another than title, which is the printed one; core.evidence has where both stand. Null in rows loaded before it was told apart.';
