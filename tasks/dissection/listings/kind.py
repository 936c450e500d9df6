"""What kind of listing a block is: by its label, else by what its items carry, else by its class names."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tasks.dissection.findings import ListingItem
from tasks.dissection.words.lexicon import load_lexicon

LABELS = ("author", "hot", "related", "recommended", "latest", "section")  # tables of the lexicon, in the order in which they are asked
NAMES = ("hot", "recommended", "related", "latest", "section")
LEAST_RANKED = 3
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD_START = re.compile(r"(?<!\w)\w.")
_SPACES = re.compile(r"[\s\u200b\u00ad]+")


def listing_kind(label: str | None, names: str, items: Sequence[ListingItem]) -> tuple[str, str]:
    """(kind, what told it): related, recommended, hot, latest or section."""
    table = table_of(label) if label else None
    if table is not None and table not in ("section", "related"):
        return ("section" if table == "author" else table), f"label, {table}"
    if sum(item.rank is not None for item in items) >= LEAST_RANKED:
        return "hot", "ranks"
    if table == "related":
        return _related(label or "", items)
    if table is not None:
        return "section", "label, section"
    if named := _kind_of_names(names) if names else None:
        return named, "class names"
    # what a label names that says nothing of a kind is a topic, a column or an outlet: more of that stands under it
    return ("section", "label that names no kind") if label else ("related", "nothing above it")


def _related(label: str, items: Sequence[ListingItem]) -> tuple[str, str]:
    """A label that says both "related" and "recommended" heads recommendations where items carry counts and no times."""
    counted = sum(item.comment_count is not None or item.read_count is not None for item in items)
    if "recommended" in _tables_of(label) and counted > len(items) / 2 and not any(item.listed_text for item in items):
        return "recommended", "label with counts"
    return "related", "label, related"


@lru_cache(maxsize=4096)
def table_of(label: str) -> str | None:
    """The first table of the lexicon that has a word of the label."""
    return next((table for table in LABELS if table in _tables_of(label)), None)


@lru_cache(maxsize=4096)
def _tables_of(label: str) -> frozenset[str]:
    """All tables that have a word of the label: each of its words and characters is looked up, which beats long alternations."""
    folded = _fold(label)
    words, parts = _entries()
    found = set()
    for match in _WORD_START.finditer(folded):
        for entry, table, is_first, goes_on in words.get(match[0], ()):
            start, end = match.start(), match.start() + len(entry)
            is_whole = goes_on or not folded[end : end + 1].isalnum()
            if is_whole and folded.startswith(entry, start) and not (is_first and start):
                found.add(table)
    if not folded.isascii():
        for place, char in enumerate(folded):
            found |= {table for part, table in parts.get(char, ()) if folded.startswith(part, place)}
    return frozenset(found)


def _fold(text: str) -> str:
    return _SPACES.sub(" ", text.casefold().replace("’", "'")).strip(" :：|·•>»›.-–—#【】[]")


@cache
def _entries() -> tuple[dict[str, list[tuple[str, str, bool, bool]]], dict[str, list[tuple[str, str]]]]:
    """Entries of scripts with blanks by their first two letters: (entry, table, begins the label, may go on); the others by the first."""
    words: dict[str, list[tuple[str, str, bool, bool]]] = {}
    parts: dict[str, list[tuple[str, str]]] = {}
    for table in LABELS:
        for raw in (entry for entries in load_lexicon("listing_labels")[table].values() for entry in entries):
            entry = _fold(raw.strip("^*$"))
            if "\u0e00" <= entry[0] < "\u1e00" or entry[0] >= "\u2e80":
                parts.setdefault(entry[0], []).append((entry, table))
            else:
                words.setdefault(entry[:2], []).append((entry, table, raw[0] == "^", raw[-1] == "*"))
    return words, parts


@lru_cache(maxsize=2048)
def _kind_of_names(names: str) -> str | None:
    match = _names().search(_CAMEL.sub("-", names).lower())
    return match.lastgroup if match else None


@cache
def _names() -> re.Pattern[str]:
    """A fragment of up to four letters is a whole word of the name."""
    tables = load_lexicon("listing_labels")
    groups = []
    for kind in NAMES:
        words = [re.escape(word) for words in tables[f"{kind}_names"].values() for word in words]
        groups.append(rf"(?P<{kind}>{'|'.join(w if len(w) > 4 else rf'(?<![a-z]){w}(?![a-z])' for w in words)})")
    return re.compile("|".join(groups))
