-- site_timeline
-- Grain    one row per headline, host and kind of listing
-- Reads    mart.headline_timeline
-- Answers  How long did each headline stand, and how high?
-- Empty    No headline of this site is known.
SELECT headline, kind, best_rank, last_rank, first_seen_at, last_seen_at, capture_count, is_evergreen, target_url, page_id
FROM mart.headline_timeline
WHERE host = $host
    AND kind = $kind
ORDER BY last_seen_at DESC, best_rank, headline
