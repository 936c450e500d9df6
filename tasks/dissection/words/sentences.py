"""What a sentence looks like at its end, and from what length on text runs."""

import re

# Marks of Latin, Chinese, Japanese, Arabic, Urdu and Devanagari script, closing quotes and brackets behind them.
SENTENCE_END = re.compile(r"[.!?。！？…‥؟۔।:：][\"'”’»“‘」』）)\]]*$")
RUN_BYTES = 80  # UTF-8 bytes of unlinked text in one block that make it running text: 80 Latin letters, 27 Chinese characters


def is_running(line: str) -> bool:
    """Whether the line is a paragraph of sentences."""
    return len(line.encode("utf-8", "replace")) >= RUN_BYTES and bool(SENTENCE_END.search(line))
