-- mart.topic_daily
-- Grain    one topic on one day (UTC) on which listings of one host showed it
-- Reads    core.listing_items, raw.pages, mart.hosts, url_key
-- Answers  Which topics did a site push, on which day, and when did it stop?
-- Columns
--   day            Day (UTC) on which pages with it were seen.
--   host           Host that shows it.
--   outlet_id      Outlet of the host; mart.hosts.
--   topic          Topic, as printed.
--   story_count    Stories under it, each once a day; by where they lead, else by headline.
--   item_count     Items under it, one for each capture that shows them.
--   best_position  The best place of any of them in its listing, 1-based.
--   comment_count  Comments printed beside its stories, of each story the most.
WITH stories AS (
    SELECT
        (i.observed_at AT TIME ZONE 'UTC')::DATE AS day, p.host, i.topic, coalesce(url_key(i.url), i.headline) AS story,
        count(*) AS item_count, min(i.position) AS best_position, max(i.comment_count) AS comment_count
    FROM core.listing_items AS i
    JOIN raw.pages AS p USING (page_id)
    WHERE i.topic IS NOT NULL
    GROUP BY ALL
),
topics AS (
    SELECT
        day, host, topic, count(*) AS story_count, sum(item_count)::BIGINT AS item_count, min(best_position) AS best_position,
        sum(comment_count)::BIGINT AS comment_count
    FROM stories
    GROUP BY day, host, topic
)
SELECT t.day, t.host, h.outlet_id, t.topic, t.story_count, t.item_count, t.best_position, t.comment_count
FROM topics AS t
JOIN mart.hosts AS h USING (host)
