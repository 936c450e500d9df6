"""Which lines around an article are not part of it: labels of listings, pointers to other stories, credits, notices."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

# Longest line that a rule for labels may drop: the longest real credit line on the measured pages has 74 characters.
LABEL_CHARS = 90
# Readings that mirrors push in after Chinese characters: labels are recognised without them.
_READING = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zà-ÿāēěīńňōūǎǐǒǔǖǘǚǜ]{1,7}\)")
# What may stand before or after a label: bullets, brackets, colons, arrows, blanks.
_MARKS = r"[\W_]*"
_SEPARATOR = r"\s*[:：|｜/／丨︱]"


def fold(text: str) -> str:
    """Letters and digits only, in lower case and one width: what two prints of one line have in common."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def kind_of(line: str) -> str | None:
    """listing_label, pointer, credit, closing or notice; None for a line of the article."""
    if "(" in line:
        line = _READING.sub("", line)
    if len(line) <= LABEL_CHARS and _labels().fullmatch(line):
        return "listing_label"
    if _pointers().match(line) and len(line) <= 3 * LABEL_CHARS:
        return "pointer"
    if len(line) <= LABEL_CHARS and _credits().match(line):
        return "credit"
    if len(line) > 3 * LABEL_CHARS:
        return None
    folded = line.lower()
    return next((kind for kind in ("closing", "notice") if any(term in folded for term in _lexicon()[kind])), None)


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    """Terms of all languages by kind, longest first."""
    text = files("tasks.dissection").joinpath("lexicons/furniture.toml").read_text("utf-8")
    return {
        kind: tuple(sorted({term for terms in by_language.values() for term in terms}, key=len, reverse=True))
        for kind, by_language in tomllib.loads(text).items()
    }


def _any_of(kind: str) -> str:
    return "(?:" + "|".join(re.escape(term) for term in _lexicon()[kind]) + ")"


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(_MARKS + _any_of("listing_label") + _MARKS, re.IGNORECASE)


@cache
def _pointers() -> re.Pattern[str]:
    return re.compile(_MARKS + _any_of("pointer") + r"\s*[:：|»>]", re.IGNORECASE)


@cache
def _credits() -> re.Pattern[str]:
    return re.compile(_MARKS + _any_of("credit") + _SEPARATOR, re.IGNORECASE)
