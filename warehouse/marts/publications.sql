-- mart.publications
-- Grain    one publication of a story, its own or another outlet's: the newest capture of one canonical URL
-- Reads    raw.pages, core.articles, core.credits, core.listing_items, core.copies, mart.story_urls, mart.hosts, story_key, url_key, core.local_time
-- Answers  What was published, copies included: each address once, as it was last seen, with who signed it and where sites showed it?
-- Columns
--   page_id              The newest capture; core.articles has its body.
--   url                  URL it was captured at.
--   canonical_url        URL that the page names as its own.
--   story                Key of the address: story_key of its URLs; mart.captures.
--   story_id             Story that it tells, with its copies: core.stories; its page_id where nothing else here tells it.
--   copy_of              The publication that it is a copy of, as a whole: its newest capture. Null where it is none, or of what is not here.
--   host                 Host of url.
--   outlet_id            Outlet of the host; mart.hosts.
--   title                Headline, as printed.
--   seo_title            Headline for search engines, where it is another.
--   lang                 ISO 639 language.
--   section              Section that the page files it under.
--   tags                 Keywords of the page.
--   authors              Names of its authors, in their order.
--   editors              Names of its editors.
--   sources              Names of the sources and agencies that it was taken from.
--   published_at         Moment of publication.
--   published_precision  minute, or day where no time was shown; core.articles.
--   published_on         Day of publication where it was published; null without a date.
--   modified_at          Moment of the last change, as the page states it.
--   first_observed_at    When its first capture was seen.
--   observed_at          When the newest was.
--   char_count           Characters of the body.
--   capture_count        Captures of it.
--   listing_count        Items of listings that lead to it, one for each capture that shows them.
--   best_position        Its best place in any of them, 1-based; null where none leads to it.
--   first_listed_at      When the first of them was seen.
--   last_listed_at       When the last was.
--   quality_flags        What is doubtful.
--   is_cloaked           Whether the page was a mirror's, disguised.
--   text_fingerprint     Equal for equal bodies.
WITH captures AS (
    SELECT a.page_id, p.observed_at, story_key(p.url, p.canonical_url) AS story
    FROM core.articles AS a
    JOIN raw.pages AS p USING (page_id)
),
current AS (
    SELECT
        story, max_by(page_id, (observed_at, page_id)) AS page_id, count(*) AS capture_count, min(observed_at) AS first_observed_at
    FROM captures
    GROUP BY story
),
copied AS (  -- what the newest capture tells decides: a text that was replaced since is no copy any more
    SELECT c.story, o.story AS origin_story
    FROM current AS c
    JOIN core.copies AS r USING (page_id)
    JOIN captures AS o ON o.page_id = r.story_id
    WHERE o.story != c.story
),
copies AS (  -- of an address that is a copy of nothing itself: so no story is lost between addresses that copy each other
    SELECT c.story, o.page_id AS copy_of
    FROM copied AS c
    JOIN current AS o ON o.story = c.origin_story
    ANTI JOIN copied AS further ON further.story = c.origin_story
),
names AS (
    SELECT
        page_id,
        list(credit) FILTER (role = 'author') AS authors,
        list(credit) FILTER (role = 'editor') AS editors,
        list(credit) FILTER (role IN ('source', 'agency')) AS sources
    FROM (SELECT page_id, role, {'from_agency': role = 'agency', 'position': position, 'name': name} AS credit FROM core.credits)
    GROUP BY page_id
),
credited AS (  -- sorted here, since an ORDER BY within a million small lists takes twenty times as long
    SELECT
        page_id,
        list_transform(list_sort(authors), lambda credit: credit.name) AS authors,
        list_transform(list_sort(editors), lambda credit: credit.name) AS editors,
        list_transform(list_sort(sources), lambda credit: credit.name) AS sources
    FROM names
),
listed_urls AS (
    SELECT
        url_key(url) AS url_key, count(*) AS listing_count, min(position) AS best_position, min(observed_at) AS first_listed_at,
        max(observed_at) AS last_listed_at
    FROM core.listing_items
    GROUP BY url_key(url)
),
listed AS (
    SELECT
        u.page_id, sum(l.listing_count)::BIGINT AS listing_count, min(l.best_position) AS best_position,
        min(l.first_listed_at) AS first_listed_at, max(l.last_listed_at) AS last_listed_at
    FROM listed_urls AS l
    JOIN mart.story_urls AS u USING (url_key)
    GROUP BY u.page_id
)
SELECT
    a.page_id,
    p.url,
    p.canonical_url,
    c.story,
    coalesce(r.story_id, a.page_id) AS story_id,
    o.copy_of,
    p.host,
    h.outlet_id,
    a.title,
    a.seo_title,
    a.lang,
    a.section,
    a.tags,
    coalesce(w.authors, []) AS authors,
    coalesce(w.editors, []) AS editors,
    coalesce(w.sources, []) AS sources,
    a.published_at,
    a.published_precision,
    core.local_time(a.published_at, a.published_zone)::DATE AS published_on,
    a.modified_at,
    c.first_observed_at,
    p.observed_at,
    a.char_count,
    c.capture_count,
    coalesce(l.listing_count, 0) AS listing_count,
    l.best_position,
    l.first_listed_at,
    l.last_listed_at,
    a.quality_flags,
    a.is_cloaked,
    a.text_fingerprint
FROM current AS c
JOIN core.articles AS a ON a.page_id = c.page_id
JOIN raw.pages AS p ON p.page_id = a.page_id
LEFT JOIN mart.hosts AS h USING (host)
LEFT JOIN credited AS w ON w.page_id = a.page_id
LEFT JOIN listed AS l ON l.page_id = a.page_id
LEFT JOIN core.copies AS r ON r.page_id = a.page_id AND r.story_id IS NOT NULL
LEFT JOIN copies AS o ON o.story = c.story
