-- search.has_no_spaces(run)
-- Grain    one run
-- Reads    nothing
-- Answers  Is it of Chinese, Japanese, Korean, Thai, Lao, Khmer or Burmese, and so cut into pairs of characters?
-- Example  SELECT search.has_no_spaces('网络安全')
-- Parameters
--   run  One of search.runs.
run >= chr(3584) AND (  -- U+0E00; U+3005, U+0F00, U+1000 to U+109F, U+1780 to U+17FF
    run >= chr(12293) OR run < chr(3840) OR (run >= chr(4096) AND run < chr(4256)) OR (run >= chr(6016) AND run < chr(6144))
)
