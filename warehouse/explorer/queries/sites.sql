-- sites
-- Grain    one row per host
-- Reads    raw.pages, core.articles, core.listing_items, core.outlets
-- Answers  Which sites are in the warehouse?
-- Empty    Load pages: `broadsheet ingest PATH`.
SELECT
    p.host, any_value(o.name) AS outlet, any_value(o.country) AS country, count(*) AS page_count, count(a.page_id) AS article_count,
    sum(i.item_count) AS listing_item_count, mode(a.lang) AS lang, min(p.observed_at) AS first_observed_at,
    max(p.observed_at) AS last_observed_at
FROM raw.pages AS p
LEFT JOIN core.articles AS a USING (page_id)
LEFT JOIN (SELECT page_id, count(*) AS item_count FROM core.listing_items GROUP BY page_id) AS i USING (page_id)
LEFT JOIN core.outlets AS o ON list_contains(o.hosts, p.host)
GROUP BY p.host
ORDER BY page_count DESC, p.host
