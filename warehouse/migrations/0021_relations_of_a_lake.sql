-- 0021_relations_of_a_lake
-- Why    A lake is related, too. There what was told is never deleted, so that it says of a copy, or of a story, that it is none any more.
-- Adds   history.copies.is_gone, history.stories.is_gone in a lake, with core.copies and core.stories as views that leave those out. Nothing in a
--        file, which deletes such rows; the number keeps versions that would show them away from a lake.
-- Lake    contracts

SELECT 'a file stays as it is';
