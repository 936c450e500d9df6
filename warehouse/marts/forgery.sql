-- mart.forgery
-- Grain    one row per captured page that carries an article
-- Reads    raw.pages, core.articles, core.credits, core.repairs, core.listing_items, core.copies
-- Answers  Which signs of forgery does a page bear, each by itself, and how many of them together?
-- Columns
--   page_id              The page; core.articles.
--   host                 Its host, as in raw.pages; empty for file: URLs.
--   url                  Its address.
--   relation             What it is a copy as, where it is one as a whole: core.copies.relation, the surest; else null.
--   is_cloaked           Whether it was disguised.
--   keyword_count        Spans of keywords that stood in its text and were taken out or flagged.
--   names_another_outlet Whether it bears a name that another host bears on more articles.
--   dateline_differs     Whether the agency of its dateline, or its last line, is none of the sources that a line of the page credits.
--   path_date            Day that its address tells; null where it tells none.
--   path_date_gap        Days between that and published_at; null where either is missing.
--   newest_listed_at     Newest time of a headline that is listed beside it.
--   listing_gap          Days from published_at to that: how much later the page was made than it says.
--   credits_a_headline   Whether a name that it credits is the headline of another article, or of a listing.
--   host_copy_share      Articles of its host that are copies of other sites' articles, 0..1.
--   score                0..1: weighed sum of the signs, with most for a disguise and for a copy without credit.
WITH copied AS (
    SELECT page_id, arg_max(relation, confidence) AS relation
    FROM core.copies
    WHERE relation NOT IN ('excerpt', 'revision')
    GROUP BY page_id
),
keywords AS (
    SELECT page_id, count(*) AS keyword_count
    FROM core.repairs
    WHERE contains(method, 'keywords')
    GROUP BY page_id
),
named AS (
    SELECT p.host, lower(trim(a.site_name)) AS name, count(*) AS article_count
    FROM core.articles AS a
    JOIN raw.pages AS p USING (page_id)
    WHERE a.site_name IS NOT NULL AND p.host != ''
    GROUP BY ALL
),
borrowed AS (
    SELECT host, name
    FROM named
    QUALIFY article_count < max(article_count) OVER (PARTITION BY name)
),
listed AS (
    SELECT page_id, max(listed_at) AS newest_listed_at
    FROM core.listing_items
    GROUP BY page_id
),
headlines AS (
    SELECT DISTINCT lower(trim(title)) AS headline FROM core.articles WHERE length(title) >= 8
    UNION
    SELECT DISTINCT lower(trim(headline)) FROM core.listing_items WHERE length(headline) >= 8
),
misnamed AS (
    SELECT DISTINCT page_id
    FROM core.credits
    WHERE role IN ('author', 'source') AND lower(trim(name)) IN (SELECT headline FROM headlines)
),
differing AS (
    SELECT DISTINCT g.page_id
    FROM core.credits AS g
    SEMI JOIN (FROM core.credits WHERE role = 'source') AS s ON s.page_id = g.page_id
    ANTI JOIN (FROM core.credits WHERE role = 'source') AS t
        ON t.page_id = g.page_id AND (contains(lower(t.name), lower(g.name)) OR contains(lower(g.name), lower(t.name)))
    WHERE g.role = 'agency'
),
hosts AS (
    SELECT p.host, count(c.page_id) / count(*) AS copy_share
    FROM core.articles AS a
    JOIN raw.pages AS p USING (page_id)
    LEFT JOIN copied AS c USING (page_id)
    GROUP BY p.host
),
signs AS (
    SELECT
        a.page_id, p.host, p.url, c.relation, coalesce(a.is_cloaked, false) AS is_cloaked, coalesce(k.keyword_count, 0) AS keyword_count,
        b.name IS NOT NULL AS names_another_outlet, d.page_id IS NOT NULL AS dateline_differs,
        try_cast(regexp_replace(
            regexp_extract(p.url, '(?:19|20)\d\d[-_/]?(?:0[1-9]|1[0-2])[-_/]?(?:0[1-9]|[12]\d|3[01])'),
            '^(\d{4})[-_/]?(\d\d)[-_/]?(\d\d)$', '\1-\2-\3') AS DATE) AS path_date,
        a.published_at, l.newest_listed_at, m.page_id IS NOT NULL AS credits_a_headline, h.copy_share AS host_copy_share
    FROM core.articles AS a
    JOIN raw.pages AS p USING (page_id)
    JOIN hosts AS h USING (host)
    LEFT JOIN copied AS c USING (page_id)
    LEFT JOIN keywords AS k USING (page_id)
    LEFT JOIN borrowed AS b ON b.host = p.host AND b.name = lower(trim(a.site_name))
    LEFT JOIN listed AS l USING (page_id)
    LEFT JOIN misnamed AS m USING (page_id)
    LEFT JOIN differing AS d USING (page_id)
)
SELECT
    page_id, host, url, relation, is_cloaked, keyword_count, names_another_outlet, dateline_differs, path_date,
    abs(date_diff('day', path_date, published_at::DATE)) AS path_date_gap, newest_listed_at,
    date_diff('day', published_at, newest_listed_at) AS listing_gap, credits_a_headline, host_copy_share,
    least(
        1.0,
        if(is_cloaked, 0.5, 0) + if(relation IN ('mirror', 'cloaked_mirror', 'scraped'), 0.3, 0) + if(keyword_count > 0, 0.2, 0)
        + if(names_another_outlet, 0.1, 0) + if(dateline_differs, 0.1, 0) + if(abs(date_diff('day', path_date, published_at::DATE)) > 2, 0.2, 0)
        + if(date_diff('day', published_at, newest_listed_at) > 365, 0.1, 0) + if(credits_a_headline, 0.2, 0) + 0.2 * host_copy_share
    )::DOUBLE AS score
FROM signs
