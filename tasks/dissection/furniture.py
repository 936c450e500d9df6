"""Which lines around an article are not part of it: labels of listings, pointers to other stories, credits, notices."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

# Longest line that a rule for labels may drop: the longest real credit line on the measured pages has 74 characters.
LABEL_CHARS = 90
# What may stand before or after a label: bullets, brackets, colons, arrows, blanks.
_MARKS = r"[\W_]*"
_SEPARATOR = r"\s*[:：|｜/／丨︱]"


def fold(text: str) -> str:
    """Letters and digits only, in lower case and one width: what two prints of one line have in common."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def kind_of(line: str) -> str | None:
    """listing_label, pointer, credit, closing or notice; None for a line of the article."""
    if len(line) <= LABEL_CHARS and _labels().fullmatch(line):
        return "listing_label"
    if _pointers().match(line) and len(line) <= 3 * LABEL_CHARS:
        return "pointer"
    if len(line) <= LABEL_CHARS and _credits().match(line):
        return "credit"
    found = _notices().search(line)
    return found.lastgroup if found and len(line) <= 3 * LABEL_CHARS else None


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


@cache
def _notices() -> re.Pattern[str]:
    return re.compile(f"(?P<closing>{_any_of('closing')})|(?P<notice>{_any_of('notice')})", re.IGNORECASE)
