-- mart.statements
-- Grain    one turn of a question-and-answer or an interview, in the newest capture of its story
-- Reads    raw.pages, core.articles, core.statements, mart.story_urls
-- Answers  Who said what, when asked what?
-- Columns
--   page_id       The newest capture; core.articles.
--   url           URL it was captured at.
--   host          Host of url.
--   title         Headline of the article.
--   published_at  Moment of its publication.
--   turn          Place among the turns of the article, 1-based.
--   kind          question or answer; core.statements.
--   speaker       Who speaks, as the article names who, else as printed before the turn; null for none.
--   text          What is said.
--   question      Of an answer: the question before it; null of a question, and of an answer that follows none.
--   asked_by      Who asked that.
SELECT
    s.page_id,
    p.url,
    p.host,
    a.title,
    a.published_at,
    s.turn,
    s.kind,
    coalesce(s.speaker, s.speaker_label) AS speaker,
    s.text,
    CASE WHEN s.kind = 'answer' THEN last_value(CASE WHEN s.kind = 'question' THEN s.text END IGNORE NULLS) OVER turns END AS question,
    CASE
        WHEN s.kind = 'answer'
        THEN last_value(CASE WHEN s.kind = 'question' THEN coalesce(s.speaker, s.speaker_label) END IGNORE NULLS) OVER turns
    END AS asked_by
FROM core.statements AS s
JOIN (SELECT DISTINCT page_id FROM mart.story_urls) AS current USING (page_id)
JOIN core.articles AS a USING (page_id)
JOIN raw.pages AS p USING (page_id)
WINDOW turns AS (PARTITION BY s.page_id ORDER BY s.turn)
