"""The label of a listing: the short text that stands over it, as readers see it."""

import re
from dataclasses import dataclass
from functools import cache

from lxml.html import HtmlElement

from tasks.dissection.listings.kind import table_of
from tasks.dissection.markup.measures import Measure
from tasks.dissection.markup.parsed_page import text_of
from tasks.dissection.words.furniture import LABEL_CHARS
from tasks.dissection.words.lexicon import load_lexicon, words_of
from tasks.dissection.words.text import squeeze

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "dt", "legend", "caption", "th", "summary"))
_BOLD = frozenset(("strong", "b"))
_NAMED = re.compile(r"tit|head|label|hd\b|cap|name|tlt|ttl|header|rubric|kicker|tab", re.IGNORECASE)
_MARKS_AROUND = re.compile(r"^[\s\W_]+|[\s\W_]+$")
_FRAME = re.compile(r"^[\s:：|｜>»›▼▶■●◆・·•\-–—【\[「『]+|[\s:：|｜>»›▼▶■●◆・·•\-–—】\]」』]+$")
_TAB_TAGS = frozenset(("li", "a", "span", "div", "h2", "h3", "button", "label"))
MOST_TABS, TAB_CHARS = 12, 24  # of a row that switches between lists
_STOPS = (".", "。", "।", "۔")  # a sentence, not a label
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WHEN = re.compile(r"\d{1,2}:\d\d|(?:19|20)\d\d\s?[-/.年]\s?\d")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
LINKED_CHARS, LINKED_DENSE, LINKED_WORDS = 30, 11, 4  # of a linked heading that may be a label; longer ones are headlines
DAY_WORDS = 6  # of a date with its weekday
# How strongly a text says that it heads what follows.
HEADING, NAMED, PLAIN = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    strength: int
    element: HtmlElement | None  # None: bare text of the block itself
    tabs: tuple[str, ...] = ()  # where it is a row of tabs


def label_of(element: HtmlElement, entry: Measure) -> Label | None:
    """What the element says over the items behind it; None where it is too long for that or a way to more items."""
    heading = element if element.tag in HEADINGS else next(element.iter(*HEADINGS), None) if entry.blocks else None
    if heading is not None and (text := _without_more(heading)) and len(text) <= LABEL_CHARS:
        return Label(bare(text), HEADING, element)
    if entry.text > 3 * LABEL_CHARS or element.tag == "h1" or is_hidden(element):
        return None
    tabs = _tabs(element) if len(element) else ()
    text = tabs[0] if tabs else first_text(element)
    if not text or len(text) > LABEL_CHARS or is_more(text) or not any(map(str.isalpha, text)):
        return None
    if text.endswith(_STOPS) or _WHEN.search(text):
        return None
    names = _names(element)
    is_named = tabs or _NAMED.search(names) or element.tag in _BOLD or (len(element) and next(element.iter(*_BOLD), None) is not None)
    return Label(bare(text), NAMED if is_named else PLAIN, element, tabs)


def _without_more(heading: HtmlElement) -> str:
    """Text of a heading without a link to more of the list in it."""
    more = [text for child in heading if (text := text_of(child)) and is_more(text)] if len(heading) > 1 else []
    text = text_of(heading)
    return squeeze(text.removesuffix(more[-1])) or text if more else text


def _names(element: HtmlElement) -> str:
    """Class and id of an element and of what it wraps alone."""
    names = []
    while True:
        names += [element.get("class", ""), element.get("id", "")]
        if len(element) != 1 or squeeze(element.text):
            return " ".join(names)
        element = element[0]


def raw_label(text: str) -> Label | None:
    """Bare text before the items, such as "Related: " in front of links."""
    text = squeeze(text)
    if len(text) < 2 or len(text) > LABEL_CHARS or text.endswith(_STOPS) or is_more(text) or not any(map(str.isalpha, text)):
        return None
    return Label(bare(text), PLAIN, None)


def first_text(element: HtmlElement) -> str:
    """Text of the first part of the element that has some, "more" links behind it left out."""
    if own := squeeze(element.text):
        return own if not len(element) else squeeze(element.text + _inline_tail(element))
    for child in element:
        if (text := text_of(child)) and not is_hidden(child):
            return first_text(child) if len(child) else text
        if tail := squeeze(child.tail):
            return tail
    return ""


def _inline_tail(element: HtmlElement) -> str:
    """What goes on in the same line behind the element's own first text."""
    parts = []
    for child in element:
        if child.tag not in ("em", "b", "strong", "i", "font", "span") or is_more(text_of(child)):
            break
        parts.append(f" {text_of(child)}{child.tail or ''}")
    return "".join(parts)


def _tabs(element: HtmlElement) -> tuple[str, ...]:
    """Texts of two or more short children of one kind, which switch between lists."""
    holder = element
    while len(holder) == 1 and not squeeze(holder.text):
        holder = holder[0]
    if not 2 <= len(holder) <= MOST_TABS:
        return ()
    texts: list[str] = []
    tag = None
    for child in holder:
        if text := text_of(child):
            tag = tag or child.tag
            if child.tag != tag or tag not in _TAB_TAGS or len(text) > TAB_CHARS or is_more(text):
                return ()
            texts.append(text)
    return tuple(texts) if len(texts) > 1 else ()


def is_hidden(element: HtmlElement) -> bool:
    """Whether its own attributes say that readers see nothing of it."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def bare(text: str) -> str:
    """The label without the marks that frame it."""
    return text if text[:1].isalnum() and text[-1:].isalnum() else _FRAME.sub("", text) or text


def plain(text: str) -> str:
    """As lexicons have it: lower case, no marks around."""
    folded = text.casefold()
    return folded if folded[:1].isalnum() and folded[-1:].isalnum() else _MARKS_AROUND.sub("", folded)


def tells(element: HtmlElement, entry: Measure) -> bool:
    """Whether it is a heading that names a list of stories, linked to more of them, rather than the first of them."""
    if entry.tag not in HEADINGS or len(text := text_of(element)) > LINKED_CHARS:
        return False
    is_short = len(text) <= LINKED_DENSE or (text.isascii() and len(text.split()) < LINKED_WORDS)
    return is_known(text) or (is_short and table_of(text) not in (None, "section"))


def is_day(text: str) -> bool:
    """Whether a text says a day, or a month, and little else: it dates what follows rather than naming it."""
    if not any(map(str.isdigit, text)):
        return False
    words = _WORDS.findall(text.casefold())
    if len(words) > DAY_WORDS or not any(map(str.isdigit, words)):
        return False
    names = [word for word in words if not word.isdigit()]
    return bool(names) and sum(word in _months() for word in names) >= max(1, len(names) - 1)


@cache
def _months() -> frozenset[str]:
    spelled = (line for months in load_lexicon("months").values() for line in months)
    return frozenset((*"年月日년월일", *(word for line in spelled for word in line.split())))


def is_more(text: str) -> bool:
    """Whether a text leads to more items of a list, or says nothing of one."""
    return plain(text) in words_of("listing_words", "more")


def is_foreign(text: str) -> bool:
    """Whether a label says that what follows are no stories of the site: advertising, comments, networks, sources."""
    said = plain(text)
    if any(said in words_of("listing_words", table) for table in ("comments", "networks", "sources")):
        return True
    return said.startswith(_sponsored())


@cache
def _sponsored() -> tuple[str, ...]:
    return tuple(words_of("listing_words", "sponsored"))


def is_known(text: str) -> bool:
    """Whether a label is one that lists of other stories have."""
    said = plain(text)
    known = said in words_of("furniture", "listing_label") or said in words_of("furniture", "pointer")
    return known and said not in words_of("listing_words", "comments")
