"""Labels of lists of other stories, as a page or a text prints them: what a line heads, if it heads anything.

Both finders of listings ask here, the one for elements and the one for lines. The words are in lexicons/listing_labels.toml, buttons in
lexicons/buttons.toml.
"""

import re
from functools import cache, lru_cache

from tasks.dissection.words.lexicon import Affixes, load_lexicon, words_of
from tasks.dissection.words.sentences import SENTENCE_END
from tasks.dissection.words.text import bare, width, without_count, without_readings

KINDS = ("author", "hot", "related", "recommended", "latest", "section")  # tables of words, in the order in which they are asked
LABEL_WIDTH = 60  # most columns of a label
LEAST_LABEL = 9  # columns, where "view all" is glued to it: "加载更多新闻" is a button
NOTE_WIDTH = 36  # most columns of what stands beside a headline with a number in it: "vor 3 Stunden", "上海热线 ⋅ 12评论 ⋅ 相关"
_FRAME = re.compile(r"^[\s:：|｜>»›▼▶■●◆・·•\-–—【\[「『]+|[\s:：|｜>»›▼▶■●◆・·•\-–—】\]」』]+$")
_WORD_START = re.compile(r"(?<!\w)\w.")
_SPACES = re.compile(r"[\s\u200b\u00ad]+")


def shown_label(text: str) -> str:
    """A label without the marks that frame it, as readers would write it down."""
    return text if text[:1].isalnum() and text[-1:].isalnum() else _FRAME.sub("", text) or text


def plain(text: str) -> str:
    """As lexicons have it: lower case, no marks around."""
    return bare(text.casefold())


def is_known(text: str) -> bool:
    """Whether a label is one that lists of other stories have, or leads to a single one."""
    said = plain(text)
    return said in words_of("listing_labels", "label") or said in words_of("listing_labels", "pointer")


def is_more(text: str) -> bool:
    """Whether a text leads to more items of a list or works it, and heads nothing."""
    return plain(text) in _more()


def is_sponsored(text: str) -> bool:
    """Whether a label heads advertising."""
    return _sponsored().begin(plain(text))


def is_menu(text: str) -> bool:
    """Whether a heading names the site's menu: what follows it has none of its own."""
    return plain(text) in words_of("listing_labels", "menus")


def is_slot(text: str) -> bool:
    """Whether a text marks a place for advertising, which need not be what follows it."""
    return plain(text) in words_of("listing_labels", "slots")


def heads_comments(text: str) -> bool:
    """Whether a line of a text, a count beside it aside, heads what readers wrote."""
    said = text.casefold()
    rest = without_more(said)
    known = words_of("listing_labels", "comments")
    return without_count(said) in known or (rest != said and without_count(rest) in known)


def is_foreign(text: str) -> bool:
    """Whether a label says that what follows are no stories of the site: advertising, comments, networks, sources."""
    said = plain(text)
    return is_sponsored(said) or any(said in words_of("listing_labels", table) for table in ("comments", "networks", "sources"))


def label_in(text: str) -> str | None:
    """The label that a line is, without the way to more of it behind; None where it is none.

    A short line that ends in such a way is one whatever it says: only lists have more of themselves.
    """
    shown = bare(text)
    if _openings().begin(shown.casefold()) and not SENTENCE_END.search(text.rstrip(" :：")):
        return shown
    rest = without_more(shown)
    for part in (shown, rest):
        if without_readings(part).casefold() in words_of("listing_labels", "label"):
            return part
    is_apart = not shown[len(rest) : len(rest) + 1].isalnum() or width(rest) >= LEAST_LABEL
    is_sure = rest != shown and any(map(str.isalpha, rest)) and width(rest) <= NOTE_WIDTH and is_apart
    return rest if is_sure and not is_more(text) and not SENTENCE_END.search(text) else None


def without_more(text: str) -> str:
    """Without "view all" and the like at the end, which stands behind a blank or a mark where the script has blanks."""
    folded = text.casefold().rstrip(" >»›:：")
    if not _to_all_ends().end(folded):
        return text
    more = next((word for word in _to_all() if folded.endswith(word) and len(folded) > len(word) + 1), "")
    return bare(text[: len(folded) - len(more)]) if more else text


@lru_cache(maxsize=4096)
def kind_of_list(label: str) -> str | None:
    """The first of KINDS that has a word of the label."""
    return next((kind for kind in KINDS if kind in kinds_of_list(label)), None)


@lru_cache(maxsize=4096)
def kinds_of_list(label: str) -> frozenset[str]:
    """All of KINDS that have a word of the label: each of its words and characters is looked up, which beats long alternations."""
    folded = _fold(label)
    words, parts = _entries()
    found = set()
    for match in _WORD_START.finditer(folded):
        for entry, kind, is_first, goes_on in words.get(match[0], ()):
            start, end = match.start(), match.start() + len(entry)
            is_whole = goes_on or not folded[end : end + 1].isalnum()
            if is_whole and folded.startswith(entry, start) and not (is_first and start):
                found.add(kind)
    if not folded.isascii():
        for place, char in enumerate(folded):
            found |= {kind for part, kind in parts.get(char, ()) if folded.startswith(part, place)}
    return frozenset(found)


def _fold(text: str) -> str:
    return _SPACES.sub(" ", text.casefold().replace("’", "'")).strip(" :：|·•>»›.-–—#【】[]")


@cache
def _entries() -> tuple[dict[str, list[tuple[str, str, bool, bool]]], dict[str, list[tuple[str, str]]]]:
    """Entries of scripts with blanks by their first two letters: (entry, kind, begins the label, may go on); the others by the first."""
    words: dict[str, list[tuple[str, str, bool, bool]]] = {}
    parts: dict[str, list[tuple[str, str]]] = {}
    for kind in KINDS:
        for raw in (entry for entries in load_lexicon("listing_labels")[kind].values() for entry in entries):
            entry = _fold(raw.strip("^*$"))
            if "\u0e00" <= entry[0] < "\u1e00" or entry[0] >= "\u2e80":
                parts.setdefault(entry[0], []).append((entry, kind))
            else:
                words.setdefault(entry[:2], []).append((entry, kind, raw[0] == "^", raw[-1] == "*"))
    return words, parts


@cache
def _openings() -> Affixes:
    return Affixes(words_of("listing_labels", "opening"))


@cache
def _more() -> frozenset[str]:
    return words_of("buttons", "more") | words_of("buttons", "to_all")


@cache
def _to_all() -> tuple[str, ...]:
    return tuple(sorted(words_of("buttons", "to_all"), key=len, reverse=True))


@cache
def _to_all_ends() -> Affixes:
    return Affixes(_to_all())


@cache
def _sponsored() -> Affixes:
    return Affixes(words_of("listing_labels", "sponsored"))
