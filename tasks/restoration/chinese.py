"""Whether a text is Chinese, and in which script."""

import re
from typing import Final

# ISO 639 codes of languages that are written in Chinese characters alone.
CHINESE: Final = frozenset({"zh", "yue", "wuu", "nan", "hak", "lzh"})
_HAN = re.compile("[\u4e00-\u9fff]")
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7a3]")


def is_chinese(text: str, lang: str | None) -> bool:
    """Whether a text is in Chinese: as its language says, else as its characters do."""
    if lang is not None:
        return lang in CHINESE
    return not text.isascii() and bool(_HAN.search(text)) and not _KANA_OR_HANGUL.search(text)


def script(text: str, *, is_chinese: bool) -> str | None:
    """Hans, Hant or mixed (ISO 15924); None where the text is not Chinese, or too short to tell."""
    if not is_chinese:
        return None
    from tasks.restoration.characters.scripts import script_of  # OpenCC and numpy, 0.2 s: only Chinese pages pay for it

    return script_of(text)
