"""What crawled sites leave in a warehouse, made up by SQL: front pages seen again and again, stories captured twice, and listings that
lead to them.

For marts, which join and count: texts are noise. Of `articles` captures every fifth is a later one of a story. There are ten listing
items for each, four of them on front pages; half have a topic, a third a count of comments, a tenth leads to what was never captured.
"""

import duckdb

HOSTS = 40
ITEMS = 20  # of a front page
TABLES = {
    "ops.runs": """
        SELECT format('{{:016x}}', 0) AS run_id, 'ingest_pages' AS flow, 'completed' AS state, now() AS started_at, now() AS ended_at,
            [] AS paths, '{{}}' AS parameters, {articles} AS seen_count, {articles} AS loaded_count, 0 AS known_count, 0 AS rejected_count,
            '0' AS version""",
    "raw.pages": """
        SELECT format('{{:016x}}', i) AS page_id, url, 'warc' AS url_source, url AS canonical_url,
            format('www.host-{{}}.example', host) AS host, observed_at, 'warc' AS observed_source, 'sha1:' || repeat('A', 32) AS digest,
            60000 AS byte_count, 'warc' AS source_kind, 'x.warc.gz' AS source_uri, i AS source_offset, 'raw/x.warc.gz' AS warc_uri,
            i AS warc_offset, format('{{:016x}}', 0) AS run_id
        FROM (
            SELECT i, i % {hosts} AS host,
                format('https://www.host-{{}}.example/news/2025/{{}}.html', i % {hosts}, i % ({articles} * 4 // 5)) AS url,
                TIMESTAMPTZ '2025-01-01 00:00:00Z' + to_seconds(i * 31536000 // {articles}) AS observed_at
            FROM range({articles}) AS r(i)
            UNION ALL
            SELECT {articles} + i, i % {hosts}, format('https://www.host-{{}}.example/', i % {hosts}),
                TIMESTAMPTZ '2025-01-01 00:00:00Z' + to_seconds(i * 31536000 // {fronts})
            FROM range({fronts}) AS r(i)
        )""",
    "core.articles": """
        SELECT page_id, 'Headline ' || (source_offset % ({articles} * 4 // 5)) AS title, title AS title_folded,
            list_aggregate(list_transform(range(12),
                lambda n: repeat(md5(concat(n, url, n = 3 AND source_offset > {articles} * 4 // 5)), 5)), 'string_agg', chr(10)) AS body,
            ['politics'] AS tags, 'en' AS lang, 'Politics' AS section,
            observed_at - INTERVAL 1 HOUR AS published_at, '+01:00' AS published_zone, 'minute' AS published_precision,
            1900 AS char_count, 12 AS paragraph_count, page_id AS text_fingerprint, ['no_author'] AS quality_flags, run_id,
            false AS is_cloaked
        FROM raw.pages WHERE source_offset < {articles}""",
    "core.credits": """
        SELECT page_id, unnest(['author', 'editor']) AS role, 1 AS position, 'Name ' || (source_offset % 997) AS name,
            name AS as_printed, run_id
        FROM raw.pages WHERE source_offset < {articles}""",
    "core.statements": """
        SELECT page_id, turn, if(turn % 2 = 1, 'question', 'answer') AS kind, 'Speaker ' || (source_offset % 97) AS speaker,
            repeat('said ', 30) AS text, 0 AS start_offset, 1 AS end_offset, run_id
        FROM raw.pages, range(1, 11) AS t(turn) WHERE source_offset BETWEEN {articles} // 2 AND {articles} * 6 // 10""",
    "core.evidence": """
        SELECT page_id, unnest(['title', 'authors', 'published_at', 'section', 'tags', 'lang', 'body', 'page_kind']) AS field,
            if(source_offset < {articles}, 'article', 'front_page') AS value, 'json_ld' AS source, [] AS candidates, 'x' AS extractor,
            run_id
        FROM raw.pages""",
    "core.listing_items": """
        SELECT page_id, 1 + place // 10 AS listing_number, 1 + place % 10 AS position, if(place // 10 = 0, 'hot', 'latest') AS kind,
            if(place // 10 = 0, 'Most read', 'Latest') AS label, 'Headline ' || story AS headline, lower(headline) AS headline_folded,
            format('https://www.host-{{}}.example/news/2025/{{}}.html', site, story) AS url, observed_at, run_id,
            if(place % 2 = 0, 'Topic ' || (story % 200), NULL) AS topic, if(place % 3 = 0, story % 500, NULL) AS comment_count,
            if(place // 10 = 0, position, NULL) AS rank
        FROM (
            SELECT page_id, observed_at, run_id, place, source_offset % {hosts} AS site, if(place = 0, 0,
                (source_offset // {hosts} - place + {articles}) % ({articles} * 9 // 10 // {hosts})) * {hosts} + site AS story
            FROM raw.pages, range({items}) AS r(place) WHERE source_offset >= {articles} OR place < 6
        )""",
}  # fmt: skip


def fill(con: duckdb.DuckDBPyConnection, articles: int) -> None:
    """Rows of `articles` captures with an article, a multiple of 1,000, and of a fifth as many front pages, into empty tables."""
    for table, rows in TABLES.items():
        con.execute(f"INSERT INTO {table} BY NAME {rows.format(articles=articles, fronts=articles // 5, hosts=HOSTS, items=ITEMS)}")
