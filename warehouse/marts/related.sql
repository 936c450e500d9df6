-- mart.related
-- Grain    one row: the articles as they are related
-- Reads    core.articles, ops.relatings
-- Answers  How many articles has nobody compared with the others yet, so that core.copies and core.stories say nothing of them?
-- Columns
--   article_count  Articles of the warehouse.
--   related_count  Of these, those that were there when all were related last.
--   waiting_count  Those that came later: they may be copies, or copied, and no row says so yet.
--   related_at     When all were related last; null where no run has said so.
SELECT
    article_count,
    least(article_count, coalesce(related_count, 0)) AS related_count,
    greatest(article_count - coalesce(related_count, 0), 0) AS waiting_count,
    related_at
FROM
    (SELECT count(*) AS article_count FROM core.articles),
    (SELECT max_by(article_count, related_at) AS related_count, max(related_at) AS related_at FROM ops.relatings)
