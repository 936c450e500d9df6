-- mart.hosts
-- Grain    one host of a page
-- Reads    raw.pages, core.outlets
-- Answers  Whose is a host: which outlet, of which country, language, kind and collection? Hosts without an outlet stay, with nulls.
-- Columns
--   host         Host of pages; empty for file: URLs.
--   outlet_id    The outlet that names it, or the longest end of it: news.post.example is of the outlet of post.example; core.outlets.
--   outlet       Name of the outlet.
--   country      Country it publishes in, ISO 3166-1 alpha-2.
--   language     Language it publishes in, BCP 47.
--   outlet_kind  Kind of outlet, such as newspaper or government.
--   collection   Group that the team counts it to.
WITH hosts AS (
    SELECT DISTINCT host FROM raw.pages
),
outlets AS (
    SELECT outlet_id, name, country, language, kind, collection, unnest(hosts) AS ending FROM core.outlets
)
SELECT h.host, o.outlet_id, o.name AS outlet, o.country, o.language, o.kind AS outlet_kind, o.collection
FROM hosts AS h
LEFT JOIN outlets AS o ON h.host = o.ending OR ends_with(h.host, '.' || o.ending)
QUALIFY row_number() OVER (PARTITION BY h.host ORDER BY length(o.ending) DESC NULLS LAST, o.outlet_id) = 1
