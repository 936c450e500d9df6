-- mart.article_revisions
-- Grain    one change from one capture of a story to its next: of the headline, or of one paragraph
-- Reads    core.articles, ops.runs, mart.captures
-- Answers  What did an article say before, and what after? Paragraphs are told apart by their words; one that moved is no change.
-- Columns
--   story              Key of the story; mart.captures.
--   host               Host of the later capture.
--   part               title or paragraph.
--   change             changed, added or removed.
--   before             What stood there; null where it was added.
--   after              What stands there; null where it was removed.
--   paragraph          Place of the paragraph in the later body, in the earlier one where it was removed, 1-based; null of a title.
--   before_at          When the earlier capture was seen.
--   after_at           When the later one was.
--   before_page_id     The earlier capture; raw.pages.
--   after_page_id      The later one.
--   is_same_extractor  Whether runs of one extractor read both: where not, it may be the reading that has changed.
WITH pairs AS (
    SELECT
        c.story, c.host, c.observed_at AS after_at, c.page_id AS after_page_id, a.title AS after_title, a.body AS after_body,
        lag(c.observed_at) OVER story AS before_at, lag(c.page_id) OVER story AS before_page_id, lag(a.title) OVER story AS before_title,
        lag(a.body) OVER story AS before_body, r.extractor IS NOT DISTINCT FROM lag(r.extractor) OVER story AS is_same_extractor
    FROM mart.captures AS c
    JOIN core.articles AS a USING (page_id)
    LEFT JOIN ops.runs AS r USING (run_id)
    WHERE c.capture_count > 1
    WINDOW story AS (PARTITION BY c.story ORDER BY c.capture_number)
),
bodies AS (
    SELECT after_page_id, string_split(before_body, chr(10)) AS earlier, string_split(after_body, chr(10)) AS later
    FROM pairs
    WHERE before_body != after_body
),
-- paragraphs that one of two bodies has alone, with how many that both have stand above: where these are equal, one may be the other, changed
gone AS (
    SELECT after_page_id, number, text, kept_count
    FROM (
        SELECT
            after_page_id, number, text, is_kept, count(*) FILTER (is_kept) OVER (PARTITION BY after_page_id ORDER BY number) AS kept_count
        FROM (
            SELECT after_page_id, number, text, list_contains(later, text) AS is_kept
            FROM (SELECT after_page_id, later, unnest(earlier) AS text, generate_subscripts(earlier, 1) AS number FROM bodies)
        )
    )
    WHERE NOT is_kept
),
come AS (
    SELECT after_page_id, number, text, kept_count
    FROM (
        SELECT
            after_page_id, number, text, is_kept, count(*) FILTER (is_kept) OVER (PARTITION BY after_page_id ORDER BY number) AS kept_count
        FROM (
            SELECT after_page_id, number, text, list_contains(earlier, text) AS is_kept
            FROM (SELECT after_page_id, earlier, unnest(later) AS text, generate_subscripts(later, 1) AS number FROM bodies)
        )
    )
    WHERE NOT is_kept
),
likeness AS (
    SELECT
        after_page_id, gone_number, come_number,
        CASE
            WHEN gone_count = 1 AND come_count = 1 THEN 1  -- one stood there and one stands there
            -- of beginnings, since it takes the product of the lengths, and by chance two texts of one language share a third of their bytes
            ELSE 1 - levenshtein(gone_text[:300], come_text[:300]) / greatest(strlen(gone_text[:300]), strlen(come_text[:300]))
        END AS likeness
    FROM (
        SELECT
            g.after_page_id, g.number AS gone_number, c.number AS come_number, g.text AS gone_text, c.text AS come_text,
            count(*) OVER (PARTITION BY g.after_page_id, c.number) AS gone_count,
            count(*) OVER (PARTITION BY g.after_page_id, g.number) AS come_count
        FROM gone AS g
        JOIN come AS c USING (after_page_id, kept_count)
    )
),
changed AS (
    SELECT after_page_id, gone_number, come_number
    FROM likeness
    WHERE likeness > 0.5
    QUALIFY row_number() OVER (PARTITION BY after_page_id, gone_number ORDER BY likeness DESC, come_number) = 1
        AND row_number() OVER (PARTITION BY after_page_id, come_number ORDER BY likeness DESC, gone_number) = 1
),
changes AS (
    SELECT after_page_id, 'title' AS part, 'changed' AS change, before_title AS before, after_title AS after, NULL AS paragraph
    FROM pairs
    WHERE before_title != after_title
    UNION ALL
    SELECT
        coalesce(g.after_page_id, c.after_page_id), 'paragraph',
        CASE WHEN g.text IS NULL THEN 'added' WHEN c.text IS NULL THEN 'removed' ELSE 'changed' END,
        g.text, c.text, coalesce(c.number, g.number)
    FROM (SELECT g.after_page_id, g.number, g.text, x.come_number FROM gone AS g
          LEFT JOIN changed AS x ON x.after_page_id = g.after_page_id AND x.gone_number = g.number) AS g
    FULL JOIN come AS c ON c.after_page_id = g.after_page_id AND c.number = g.come_number
)
SELECT
    p.story,
    p.host,
    c.part,
    c.change,
    c.before,
    c.after,
    c.paragraph,
    p.before_at,
    p.after_at,
    p.before_page_id,
    p.after_page_id,
    p.is_same_extractor
FROM changes AS c
JOIN pairs AS p USING (after_page_id)
