"""What the end of a sentence looks like."""

import re

# Marks of Latin, Chinese, Japanese, Arabic, Urdu and Devanagari script, closing quotes and brackets behind them.
SENTENCE_END = re.compile(r"[.!?。！？…‥؟۔।:：][\"'”’»“‘」』）)\]]*$")
