-- damage
-- Grain    one row per host with an article
-- Reads    mart.damage_by_host
-- Answers  Which hosts disguise or damage their pages, and how much of it is proved?
-- Empty    No article was looked at for damage.
SELECT
    host, page_count, cloaked_page_count, cloaked_share, damaged_page_count, repair_count, gloss_count, proved_share, lost_count,
    flagged_count, dictionary_size, agreeing_page_count
FROM mart.damage_by_host
ORDER BY cloaked_share DESC, repair_count DESC, host
