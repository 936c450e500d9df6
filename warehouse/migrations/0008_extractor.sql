-- 0008_extractor
-- Why    Every row names its run; the run now names the code that decided, so that it can be asked for every article, and for every
--        page without one. In runs before this it stays null: what core.evidence has of them is the same for every state of the code.
-- Adds   ops.runs.extractor

ALTER TABLE ops.runs ADD COLUMN extractor VARCHAR;
COMMENT ON COLUMN ops.runs.extractor IS 'Code that decided what its rows say: broadsheet/x.y.z+hash trafilatura/x.y.z. The hash is over the code of restoration, dissection and shaping, lexicons, models and libraries; null in runs before it was recorded.';
COMMENT ON COLUMN core.evidence.extractor IS 'Code that decided, as in ops.runs.extractor: broadsheet/x.y.z+hash trafilatura/x.y.z.';
