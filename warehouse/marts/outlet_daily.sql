-- mart.outlet_daily
-- Grain    one host on one day on which it published something that was captured
-- Reads    mart.publications, mart.hosts
-- Answers  How much did an outlet publish on a day, how long, signed by whom, taken from whom?
-- Columns
--   published_on       Day where it was published; null for the stories without a date.
--   host               Host of the stories; empty for file: URLs.
--   outlet_id          Outlet of the host, null where none names it; with what core.outlets says of it:
--   outlet             Name of the outlet.
--   country            Its country, ISO 3166-1 alpha-2.
--   outlet_kind        Its kind.
--   collection         Group that the team counts it to.
--   article_count      Publications of the day, copies included: each address once.
--   copy_count         Those that are copies of another address as a whole, such as what a partner or an agency wrote.
--   char_count         Characters of their bodies.
--   median_char_count  Median of these.
--   signed_count       Stories with an author.
--   sourced_count      Stories with a source or an agency.
--   author_count       Different authors.
--   section_count      Different sections.
--   listed_count       Stories that a listing leads to.
--   captured_again_count  Stories that were captured more than once.
--   cloaked_count      Stories of pages that were disguised.
SELECT
    a.published_on,
    a.host,
    h.outlet_id,
    h.outlet,
    h.country,
    h.outlet_kind,
    h.collection,
    count(*) AS article_count,
    count(*) FILTER (a.copy_of IS NOT NULL) AS copy_count,
    sum(a.char_count)::BIGINT AS char_count,
    median(a.char_count) AS median_char_count,
    count(*) FILTER (len(a.authors) > 0) AS signed_count,
    count(*) FILTER (len(a.sources) > 0) AS sourced_count,
    len(list_distinct(flatten(list(a.authors)))) AS author_count,
    count(DISTINCT a.section) AS section_count,
    count(*) FILTER (a.listing_count > 0) AS listed_count,
    count(*) FILTER (a.capture_count > 1) AS captured_again_count,
    count(*) FILTER (a.is_cloaked) AS cloaked_count
FROM mart.publications AS a
JOIN mart.hosts AS h USING (host)
GROUP BY a.published_on, a.host, h.outlet_id, h.outlet, h.country, h.outlet_kind, h.collection
