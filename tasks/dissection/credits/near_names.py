"""Names near the headline without a word that says what they did, and what tells those of authors: Ann Lee | 3 March, linked to her."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from tasks.dissection.credits.byline_text import byline_names
from tasks.dissection.markup.headline import NearText
from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.words.lexicon import load_lexicon, words_of
from tasks.dissection.words.names import is_nobody
from tasks.dissection.words.people import is_person
from tasks.dissection.words.text import CJK, headline_key, squeeze
from tasks.dissection.words.web_address import leads_to_person

LINE_CHARS = 100  # of a run that holds a name and what belongs to it
NAMES = (
    "slug", "author_link", "both", "other_link", "portrait", "handle", "date_behind", "date_before", "role_next", "outlet_next",
    "above", "distance", "far", "in_item", "in_heading", "in_furniture", "in_title", "told", "small_words", "odd_words", "initial",
    "three_words", "names_around", "long_rest", "several",
)  # fmt: skip
_END = re.compile(r"\s*(?:[|•·–—/,@(\[:»>]|\s-\s|\d)")
_DATE = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[:：.]\d\d|\d{1,2}[./-]\d{1,2}[./-]\d\d|\b\d+\s?(?:[hmd]|hours?|days?|min\w*|std\w*|tag\w*)\s+ago\b"
    r"|\b[A-Z][a-z]{2,8}\.? \d{1,2}\b|\b\d{1,2}\.? [A-Za-z][a-z]{2,8}\b"
)
_FURNITURE = frozenset(("nav", "footer", "aside", "figure", "figcaption"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_WORD = re.compile(r"[^\W\d_]+")
_INITIAL = re.compile(r"\b[A-Z]\.|[a-z][A-Z]|['’-]")
DATE_CHARS = 80
REST_CHARS = 45  # of a date in the same run as the name


class NearName(NamedTuple):
    """A run that may be a byline, the names in it, and the measures of NAMES."""

    text: str
    names: list[str]
    distance: int
    measures: list[float]


def near_names(pieces: Sequence[NearText], outlet: Outlet, headline: str, body: str) -> list[NearName]:
    """Every run near the headline that begins with a person's name, in page order."""
    found = []
    held = [_names_of(piece.text, outlet) for piece in pieces]
    title, told = headline_key(headline), _Story(body)
    for index, (piece, (names, rest)) in enumerate(zip(pieces, held, strict=True)):
        if names:
            around = [held[other][0] for other in (index - 1, index + 1) if 0 <= other < len(held)]
            measures = _measures(pieces, index, names, rest, outlet, title, told)
            found.append(NearName(piece.text, names, piece.distance, [*measures, *_company(names, around, rest)]))
    return found


def _names_of(text: str, outlet: Outlet) -> tuple[list[str], str]:
    """The persons that a run begins with, and what follows them."""
    if not 4 < len(text) <= LINE_CHARS or " " not in text or CJK.search(text):
        return [], ""
    end = _END.search(text)
    head = text[: end.start()] if end else text
    names = byline_names(head, outlet)
    if not names or not all(is_person(name) and not is_nobody(name) and not outlet.is_named(name) for name in names):
        return [], ""
    return names, text[len(head) :]


class _Story:
    """The words of the story, as it has them; read when first asked."""

    def __init__(self, body: str) -> None:
        self.body = body
        self._words: frozenset[str] | None = None

    @property
    def words(self) -> frozenset[str]:
        if self._words is None:
            self._words = frozenset(_WORD.findall(self.body))
        return self._words


def _measures(pieces: Sequence[NearText], index: int, names: list[str], rest: str, outlet: Outlet, title: str, told: _Story) -> list[float]:
    piece = pieces[index]
    before, behind = _beside(pieces, index)
    link = next((node for node in (piece.element, *islice(piece.element.iterancestors(), 3)) if node.tag == "a"), None)
    href = "" if link is None else (link.get("href") or "").casefold()
    parts = [word for word in re.split(r"[\s.]+", names[0].casefold()) if word]
    has_slug, is_authors = bool(href) and all(part in href for part in parts), (leads_to_person(href) or "/@" in href)
    nodes = (piece.element, *islice(piece.element.iterancestors(), 12))
    tags = [node.tag for node in nodes]
    is_readers = any("comment" in (node.get("class") or "").lower() for node in nodes[:3])
    words = [word for name in names for word in _WORD.findall(name)]
    return [
        has_slug, is_authors, has_slug and is_authors, bool(href) and not is_authors and not has_slug,
        _has_portrait(piece.element, names[0]), "@" in rest or behind.startswith("@") or href.startswith("mailto:"),
        _tells_date(behind) or (len(rest) <= REST_CHARS and _tells_date(rest)), _tells_date(before),
        _tells_role(rest) or _tells_role(behind),
        _is_outlet(rest, outlet) or _is_outlet(behind, outlet),
        piece.distance < 0, min(abs(piece.distance), 12) / 4, abs(piece.distance) > 12,
        "li" in tags[:4], not _HEADINGS.isdisjoint(tags[:3]), is_readers or not _FURNITURE.isdisjoint(tags),
        headline_key(names[0]) in title,
        names[0] in told.body, sum(word.lower() in told.words for word in words) / len(words),
        sum(word.casefold() in no_names() for word in words) / len(words), bool(_INITIAL.search(" ".join(names))),
        len(names[0].split()) > 2,
    ]  # fmt: skip


def _company(names: list[str], around: list[list[str]], rest: str) -> list[float]:
    return [sum(map(bool, around)), len(rest) > 30, len(names) > 1]


def _beside(pieces: Sequence[NearText], index: int) -> tuple[str, str]:
    """The runs right before and behind, where the headline is not between."""
    distance = pieces[index].distance
    before = pieces[index - 1].text if index and distance != 1 else ""
    behind = pieces[index + 1].text if index + 1 < len(pieces) and distance != -1 else ""
    return before, behind


def _tells_date(text: str) -> bool:
    return len(text) <= DATE_CHARS and bool(_DATE.search(text))


def _tells_role(text: str) -> bool:
    words = text.casefold().strip(" ,|·•-–—/()").split()
    return 0 < len(words) <= 6 and not words_of("names", "job").isdisjoint(words)


def _is_outlet(text: str, outlet: Outlet) -> bool:
    said = text.strip(" ,|·•-–—/()")
    return 1 < len(said) <= 40 and outlet.is_named(said)


def _has_portrait(element: HtmlElement, name: str) -> bool:
    """Whether a picture beside it says that it shows that person."""
    for node in (element, *islice(element.iterancestors(), 2)):
        if node.tag in ("body", "main", "article"):
            return False
        if any(name.casefold() in squeeze(image.get("alt")).casefold() for image in islice(node.iter("img"), 3)):
            return True
    return False


@cache
def no_names() -> frozenset[str]:
    """Words that no name holds: months, days, small words of sentences, roles, buttons."""
    months = {name for year in load_lexicon("months").values() for names in year for name in names.split() if len(name) > 2}
    small = {word for words in load_lexicon("function_words")["latin"].values() for word in words if len(word) > 2}
    buttons = {word for table in ("more", "to_all", "control") for phrase in words_of("buttons", table) for word in phrase.split()}
    told = frozenset().union(*(words_of("names", table) for table in ("job", "job_kind", "section", "organisation", "outlet_words")))
    days = {day for names in words_of("relative_times", "weekdays") for day in names.split()}
    return frozenset({word for word in months | small | buttons | told | days if len(word) > 2})
