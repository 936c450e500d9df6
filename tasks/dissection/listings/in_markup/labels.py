"""The label of a listing: the short text that stands over it, as readers see it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from tasks.dissection.markup.measures import Measure
from tasks.dissection.markup.parsed_page import text_of
from tasks.dissection.words.furniture import LABEL_CHARS
from tasks.dissection.words.list_labels import is_known, is_menu, is_more, kind_of_list, shown_label
from tasks.dissection.words.text import squeeze
from tasks.dissection.words.web_address import leads_to_person, split_url

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "dt", "legend", "caption", "th", "summary"))
_BOLD = frozenset(("strong", "b"))
_NAMED = re.compile(r"tit|head|label|hd\b|cap|name|tlt|ttl|header|rubric|kicker|tab", re.IGNORECASE)
_TAB_TAGS = frozenset(("li", "a", "span", "div", "h2", "h3", "button", "label"))
MOST_TABS, TAB_CHARS = 12, 24  # of a row that switches between lists
_STOPS = (".", "。", "।", "۔")  # a sentence, not a label
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WHEN = re.compile(r"\d{1,2}:\d\d|(?:19|20)\d\d\s?[-/.年]\s?\d|<[^>]*=")  # or markup that was printed
LINKED_CHARS, LINKED_DENSE, LINKED_WORDS = 30, 11, 4  # of a linked heading that may be a label; longer ones are headlines
LEAST_UNDER = 2  # stories under a heading that is linked to their section
# How strongly a text says that it heads what follows.
HEADING, NAMED, PLAIN = 3, 2, 1


@dataclass(frozen=True, slots=True)
class ListLabel:
    text: str
    strength: int
    element: HtmlElement | None  # None: bare text of the block itself
    tabs: tuple[str, ...] = ()  # where it is a row of tabs


def list_label_of(element: HtmlElement, entry: Measure) -> ListLabel | None:
    """What the element says over the items behind it; None where it is too long for that or a way to more items."""
    heading = element if element.tag in HEADINGS else next(element.iter(*HEADINGS), None) if entry.blocks else None
    if heading is not None and (text := _without_more(heading)) and len(text) <= LABEL_CHARS and not is_menu(text):
        return ListLabel(shown_label(text), HEADING, element)
    if entry.text > 3 * LABEL_CHARS or element.tag == "h1" or is_hidden(element):
        return None
    tabs = _tabs(element) if len(element) else ()
    text = tabs[0] if tabs else leading_text(element)
    if not text or len(text) > LABEL_CHARS or is_more(text) or not any(map(str.isalpha, text)):
        return None
    if text.endswith(_STOPS) or _WHEN.search(text) or is_menu(text) or _names_person(element, text):
        return None
    names = _names(element)
    is_named = tabs or _NAMED.search(names) or element.tag in _BOLD or (len(element) and next(element.iter(*_BOLD), None) is not None)
    return ListLabel(shown_label(text), NAMED if is_named else PLAIN, element, tabs)


def _names_person(element: HtmlElement, text: str) -> bool:
    """Whether the text is a link to what a person wrote: the byline of the article over what stands beside it."""
    return any(leads_to_person(link.get("href", "")) and text_of(link) == text for link in element.iter("a"))


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


def raw_label(text: str) -> ListLabel | None:
    """Bare text before the items, such as "Related: " in front of links."""
    text = squeeze(text)
    if len(text) < 2 or len(text) > LABEL_CHARS or text.endswith(_STOPS) or is_more(text) or not any(map(str.isalpha, text)):
        return None
    return ListLabel(shown_label(text), PLAIN, None)


def leading_text(element: HtmlElement) -> str:
    """Text of the first part of the element that has some, "more" links behind it left out."""
    if (text := element.text) and (own := squeeze(text)):
        return own if not len(element) else squeeze(text + _inline_tail(element))
    for child in element:
        if (text := text_of(child)) and not is_hidden(child):
            return leading_text(child) if len(child) else text
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


def tells(element: HtmlElement, entry: Measure) -> bool:
    """Whether it is a heading that names a list of stories, linked to more of them, rather than the first of them."""
    if entry.tag not in HEADINGS or len(text := text_of(element)) > LINKED_CHARS:
        return False
    is_short = len(text) <= LINKED_DENSE or (text.isascii() and len(text.split()) < LINKED_WORDS)
    return is_known(text) or (is_short and kind_of_list(text) not in (None, "section"))


def holds_heading(element: HtmlElement, entry: Measure) -> bool:
    """Whether it is a heading or wraps one."""
    return entry.tag in HEADINGS or (entry.blocks > 0 and next(element.iter(*HEADINGS), None) is not None)


def leads_to_section(address: str, under: Sequence[str]) -> bool:
    """Whether an address is the section's that all stories `under` it lie in."""
    section = address.partition("?")[0].rstrip("/")
    is_some = len(under) >= LEAST_UNDER and bool(split_url(section).path.strip("/"))
    return is_some and all(other.startswith(f"{section}/") for other in under)
