-- mart.articles
-- Grain    one story: the newest capture of its origin
-- Reads    mart.publications
-- Answers  What was published: each story once, however many mirrors, partners and blogs have it, as its origin was last seen?
-- Columns
--   page_id              The newest capture of the origin; core.articles has its body.
--   url                  URL it was captured at.
--   canonical_url        URL that the page names as its own.
--   story                Key of the address: story_key of its URLs; mart.captures.
--   story_id             The story with all its copies: core.stories; page_id where nothing else here tells it.
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
--   capture_count        Captures of its address.
--   copy_count           Other addresses that have it as a whole: mart.publications.
--   listing_count        Items of listings that lead to it, one for each capture that shows them.
--   best_position        Its best place in any of them, 1-based; null where none leads to it.
--   first_listed_at      When the first of them was seen.
--   last_listed_at       When the last was.
--   quality_flags        What is doubtful.
--   is_cloaked           Whether the page was a mirror's, disguised.
--   text_fingerprint     Equal for equal bodies.
WITH copied AS (
    SELECT copy_of, count(*) AS copy_count
    FROM mart.publications
    WHERE copy_of IS NOT NULL
    GROUP BY copy_of
)
SELECT
    p.page_id,
    p.url,
    p.canonical_url,
    p.story,
    p.story_id,
    p.host,
    p.outlet_id,
    p.title,
    p.seo_title,
    p.lang,
    p.section,
    p.tags,
    p.authors,
    p.editors,
    p.sources,
    p.published_at,
    p.published_precision,
    p.published_on,
    p.modified_at,
    p.first_observed_at,
    p.observed_at,
    p.char_count,
    p.capture_count,
    coalesce(c.copy_count, 0) AS copy_count,
    p.listing_count,
    p.best_position,
    p.first_listed_at,
    p.last_listed_at,
    p.quality_flags,
    p.is_cloaked,
    p.text_fingerprint
FROM mart.publications AS p
LEFT JOIN copied AS c ON c.copy_of = p.page_id
WHERE p.copy_of IS NULL
