"""What is done with any string, whatever it says: white space, width, and two keys for comparing what is printed twice."""

import re
import unicodedata
from functools import lru_cache

SHORT_LINE = 300  # characters of a line whose key is kept
_CONTROLS = bytes(32 if (code < 32 and code not in b"\t\n\r") or code == 127 else code for code in range(256))
_QUOTES = {ord(c): None for c in "\"'“”‘’«»„‚`´「」『』‹›\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad"}
_DASHES = {ord(c): "-" for c in "‐‑‒–—―−"}
_IN_HEADLINES = _QUOTES | _DASHES
_ASCII_MARKS = {code: None for code in range(128) if not chr(code).isalnum()}
_MARKS = re.compile(r"[\W_]+")
# Readings that mirrors push in after Chinese characters: labels are recognised without them.
_READING = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zà-ÿāēěīńňōūǎǐǒǔǖǘǚǜ]{1,7}\)")
# Vowel signs and the like of Hebrew, Arabic, Indic and other scripts are parts of their letters, which \w does not know.
COMBINING = "".join(char for char in map(chr, range(0x300, 0x1D00)) if unicodedata.category(char)[0] == "M")
LETTERS = rf"(?:[^\W\d_]+|[{COMBINING}]+)+"
_COMBINING = frozenset(COMBINING)
# Kana, Chinese and Hangul: scripts of dense words, most of them without blanks between.
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
WIDE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff01-\uff60]")


def squeeze(text: str | None) -> str:
    """White space runs as one space, none at the ends."""
    # a fifth of what a regular expression takes, and the same white space
    return " ".join(text.split()) if text else ""


def storable(text: str) -> str:
    """`text` without what no tree and no table can hold: controls become blanks, lone surrogates question marks."""
    return storable_bytes(text).decode("utf-8")


def storable_bytes(text: str) -> bytes:
    """The same as UTF-8."""
    # on bytes, since a regular expression over the text takes ten times as long; the two are U+FFFE and U+FFFF
    data = text.encode("utf-8", "replace").translate(_CONTROLS)
    if "\ufffe" in text or "\uffff" in text:  # asked of the text, since replacing nothing takes ten times as long
        data = data.replace(b"\xef\xbf\xbe", b" ").replace(b"\xef\xbf\xbf", b" ")
    return data


@lru_cache(maxsize=1024)  # one page compares the same few strings dozens of times
def headline_key(text: str | None) -> str:
    """`text` without all that two prints of one headline or name may differ in: width, case, quotes, dashes, white space."""
    return "".join(unicodedata.normalize("NFKC", text or "").casefold().translate(_IN_HEADLINES).split())


def line_key(text: str) -> str:
    """Letters and digits only, in lower case and one width: what two prints of one line have in common, punctuation apart."""
    return _key_of_short(text) if len(text) <= SHORT_LINE else _key(text)


def _key(text: str) -> str:
    # three times as fast as asking each character; splitting beats substituting, which beats asking, where there are others
    if text.isascii():
        return text.lower().translate(_ASCII_MARKS)
    return "".join(_MARKS.split(unicodedata.normalize("NFKC", text).lower()))


# headlines and labels are compared by several regions, paragraphs by one
_key_of_short = lru_cache(maxsize=4096)(_key)


def width(text: str) -> int:
    """Columns of a terminal, where Chinese, Japanese and Korean characters count as three letters: they say as much."""
    return len(text) if text.isascii() else len(text) + 2 * len(WIDE.findall(text))


def bare(text: str) -> str:
    """Without the marks around it."""
    start, end = 0, len(text)
    while start < end and not (text[start].isalnum() or text[start] in _COMBINING):
        start += 1
    while start < end and not (text[end - 1].isalnum() or text[end - 1] in _COMBINING):
        end -= 1
    return text[start:end]


def without_count(text: str) -> str:
    """Without the marks and digits around it."""
    start, end = 0, len(text)
    while start < end and not _is_letter(text[start]):
        start += 1
    while start < end and not _is_letter(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_letter(char: str) -> bool:
    return (char.isalnum() and not char.isdecimal()) or char in _COMBINING


def without_readings(text: str) -> str:
    """The text without the readings in brackets that a mirror has pushed in behind its characters."""
    return _READING.sub("", text) if "(" in text else text
