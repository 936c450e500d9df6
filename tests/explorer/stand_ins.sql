CREATE MACRO search_articles(query, most := 100, host := NULL, lang := NULL, since := NULL, until := NULL) AS TABLE
    SELECT 1.5 AS score, a.page_id, a.title, p.url, p.host, a.lang, a.published_at, a.body[:80] AS snippet
    FROM core.articles AS a JOIN raw.pages AS p USING (page_id)
    WHERE (contains(a.body, query) OR contains(a.title, query)) AND (host IS NULL OR p.host = host) AND (lang IS NULL OR a.lang = lang)
        AND (since IS NULL OR a.published_at >= CAST(since AS TIMESTAMPTZ)) AND (until IS NULL OR a.published_at < CAST(until AS TIMESTAMPTZ))
    LIMIT most;
CREATE MACRO search_headlines(query, most := 100, host := NULL, since := NULL, until := NULL) AS TABLE
    SELECT 1.5 AS score, i.headline, i.url AS target_url, p.host, i.kind, min(i.observed_at) AS first_seen_at,
        max(i.observed_at) AS last_seen_at, count(*) AS seen_count, any_value(i.page_id) AS page_id
    FROM core.listing_items AS i JOIN raw.pages AS p USING (page_id) WHERE (query = 'ferry' OR contains(i.headline, query)) AND (host IS NULL OR p.host = host)
    GROUP BY ALL LIMIT most;
CREATE MACRO attention(query, per := 'day', host := NULL, lang := NULL) AS TABLE
    SELECT date_trunc(per, a.published_at) AS "at", count(*) FILTER (contains(a.title, query)) AS matching_count, count(*) AS article_count,
        count(*) FILTER (contains(a.title, query)) / count(*) AS share
    FROM core.articles AS a JOIN raw.pages AS p USING (page_id)
    WHERE (host IS NULL OR p.host = host) AND (lang IS NULL OR a.lang = lang) GROUP BY 1;
CREATE MACRO top_terms(query, most := 50) AS TABLE
    SELECT title AS term, 1 AS matching_count, 2 AS article_count, 3.5 AS score FROM core.articles WHERE contains(title, query) LIMIT most;
CREATE VIEW mart.front_page AS
    SELECT p.host, p.url AS page_url, 'front_page' AS page_kind, i.observed_at, i.position, i.headline, i.url AS target_url, i.kind, i.label,
        i.listing_number, i.topic, true AS is_leading, i.page_id, i.page_id AS capture_id
    FROM core.listing_items AS i JOIN raw.pages AS p USING (page_id);
CREATE VIEW mart.headline_timeline AS
    SELECT p.host, i.kind, i.headline, i.headline_folded, i.url AS target_url, i.observed_at AS first_seen_at, i.observed_at AS last_seen_at,
        1 AS capture_count, i.position AS best_rank, i.position AS last_rank, false AS is_evergreen, i.page_id
    FROM core.listing_items AS i JOIN raw.pages AS p USING (page_id);
CREATE VIEW mart.captures AS SELECT p.url AS story, a.page_id FROM core.articles AS a JOIN raw.pages AS p USING (page_id);
CREATE VIEW mart.article_revisions AS
    SELECT p.url AS story, 'title' AS part, 'changed' AS change, a.title AS before, a.title AS after, 1 AS paragraph, p.observed_at AS after_at,
        a.page_id AS before_page_id, a.page_id AS after_page_id, true AS is_same_extractor
    FROM core.articles AS a JOIN raw.pages AS p USING (page_id);
CREATE VIEW dictionary AS
    SELECT schema_name, table_name, column_name, 'table' AS kind, data_type AS type, NULL AS unit, NULL AS enum_values, "comment" AS meaning,
        '{hostile}' AS example
    FROM duckdb_columns() WHERE database_name = current_database();
