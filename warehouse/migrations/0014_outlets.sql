-- 0014_outlets
-- Why    Questions are asked by country, language and kind of outlet: the team's sources.toml says what a host is.
-- Adds   core.outlets

CREATE TABLE core.outlets (
    outlet_id VARCHAR NOT NULL CHECK (system.main.regexp_matches(outlet_id, '^[a-z0-9][a-z0-9_-]{0,62}$')),
    name VARCHAR NOT NULL CHECK (system.main.length(name) >= 1),
    hosts VARCHAR[] NOT NULL,
    country VARCHAR NOT NULL CHECK (system.main.regexp_matches(country, '^[A-Z]{2}$')),
    language VARCHAR NOT NULL CHECK (system.main.regexp_matches(language, '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$')),
    kind VARCHAR NOT NULL CHECK (kind IN ('newspaper', 'agency', 'broadcaster', 'magazine', 'online', 'government', 'blog', 'aggregator', 'other')),
    collection VARCHAR,
    PRIMARY KEY (outlet_id)
);
COMMENT ON TABLE core.outlets IS 'core.outlets: one outlet as the team''s sources.toml declares it.';
COMMENT ON COLUMN core.outlets.outlet_id IS 'Name of its table in sources.toml.';
COMMENT ON COLUMN core.outlets.name IS 'Name as readers know it.';
COMMENT ON COLUMN core.outlets.hosts IS 'Hosts it publishes on, lower case; raw.pages.host is one of them.';
COMMENT ON COLUMN core.outlets.country IS 'Country it publishes in, ISO 3166-1 alpha-2.';
COMMENT ON COLUMN core.outlets.language IS 'Language it publishes in, BCP 47 such as en or zh-Hant.';
COMMENT ON COLUMN core.outlets.kind IS 'Kind of outlet.';
COMMENT ON COLUMN core.outlets.collection IS 'Group that the team counts it to, in its own words.';
