"""News agencies by any name that a page prints for them (lexicons/agencies.toml)."""

import re
from functools import cache

from tasks.dissection.words.lexicon import load_lexicon
from tasks.dissection.words.text import squeeze

# Capitals that are common words otherwise must be printed as capitals: PA, AP, AA.
_CASED = 3
_MARKS = " \t()（）[]【】.,;:–—-©=＝/"


def agency_named(text: str, *, pictures: bool = False) -> str | None:
    """The agency that `text` names and nothing else; with `pictures` also one that supplies pictures only."""
    text = squeeze(text).strip(_MARKS)
    if not 2 <= len(text) <= 45:
        return None
    folded = text.casefold()
    for table in ("agency", "pictures") if pictures else ("agency",):
        known = _names(table)
        if name := known.get(text) or known.get(folded):
            return name
    return None


@cache
def _names(table: str) -> dict[str, str]:
    """Spelling -> name; long ones in lower case too."""
    found: dict[str, str] = {}
    for entry in load_lexicon("agencies")[table]["entries"]:
        for spelling in (entry["name"], *entry["also"]):
            found[spelling] = entry["name"]
            if len(spelling) > _CASED or spelling.islower():
                found[spelling.casefold()] = entry["name"]
    return found


@cache
def first_words() -> frozenset[str]:
    """The words, in lower case, that names of agencies begin with: a line without any names none."""
    return frozenset(part for spelling in _names("agency") for part in (spelling.casefold(), spelling.casefold().split()[0]))


@cache
def agency_pattern() -> re.Pattern[str]:
    """Any spelling of an agency that writes texts, as a group named agency; whole words in scripts with blanks."""
    words = sorted(_names("agency"), key=len, reverse=True)
    return re.compile(rf"(?P<agency>{'|'.join(re.escape(word) for word in words)})(?![^\W_a-z]*[a-zà-ÿ])")
