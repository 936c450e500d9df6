-- search.runs(text)
-- Grain    one folded text
-- Reads    nothing
-- Answers  Which words are in a text, and which runs of characters of a script that has no spaces between words?
-- Example  SELECT search.runs(fold('Beijing 網絡安全, 2026'))
-- Parameters
--   text  What fold gives.
regexp_extract_all(text, '[\x{0e00}-\x{0eff}\x{1000}-\x{109f}\x{1780}-\x{17ff}\x{3005}-\x{3007}\x{3041}-\x{309a}\x{309d}-\x{309f}\x{30a1}-\x{30fa}\x{30fc}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7a3}\x{20000}-\x{3ffff}]+|[^\s\x00-/:-@\[-`{-~\x{0080}-\x{00a9}\x{00ab}-\x{00b4}\x{00b6}-\x{00b9}\x{00bb}-\x{00bf}\x{060c}\x{061b}-\x{061f}\x{066a}-\x{066d}\x{06d4}\x{0964}\x{0965}\x{0e00}-\x{0eff}\x{1000}-\x{109f}\x{1780}-\x{17ff}\x{2000}-\x{206f}\x{20a0}-\x{20cf}\x{2100}-\x{214f}\x{2190}-\x{2bff}\x{3000}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7a3}\x{fe10}-\x{fe6f}\x{ff00}-\x{ffef}\x{1f000}-\x{3ffff}]+')
