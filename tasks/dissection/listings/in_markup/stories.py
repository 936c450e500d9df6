"""Links that lead to stories, and for each the largest element that leads to no other: its place on the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from tasks.dissection.markup.measures import INLINE, Measure
from tasks.dissection.markup.parsed_page import text_of
from tasks.dissection.words.list_labels import is_known
from tasks.dissection.words.sentences import RUN_BYTES

# UTF-8 bytes of link text: a shorter link is no headline in any script, a longer one is one whatever its words.
LEAST_BYTES, SURE_BYTES = 18, 48
MOST_BYTES = 2_000  # a link around a whole card with its teaser
LEAST_WORDS = 4  # of scripts that set spaces: sections, topics and names have up to three
LEAST_LETTERS = 28  # that make a headline of fewer words
LEAST_DENSE = 7  # characters of dense scripts: Thai, kana, Chinese, Hangul
# Unlinked bytes from which an element is more than the place of one story: the longest teasers of real cards have 700.
HEAVY = 1_000
LEAST_AMID = 12  # characters before a link that make it a part of a sentence
_DENSE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Elements that a script opens like a link say so in their attributes or classes.
SURE_OWN, MOST_OWN = 24, 240  # UTF-8 bytes of such a headline
_OPENED_TAGS = frozenset(("span", "div", "h2", "h3", "h4", "h5", "li", "strong", "b", "td", "dd"))
_OPENING = frozenset(("onclick", "data-href", "data-url", "data-link"))
_OPENED = re.compile(r"(?:^|[-_\s])(?:href|goto|jump|clickable)(?:$|[-_\s])", re.IGNORECASE)
# What follows a link amid a sentence, and what precedes it there.
_GOES_ON = re.compile(r"\s*(?:[,;.，。、；)）”»]|[^\W\d_A-Z])")
_COMES_FROM = re.compile(r"[^\W\d_][^\W\d_\s]*\s*$")
_NO_STORY = re.compile(r"\s*(?:#|javascript:|mailto:|tel:|sms:|whatsapp:|$)", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Story:
    """One story that the page points to. `root` holds it alone."""

    key: str  # address without its fragment
    root: Measure
    links: list[Measure] = field(default_factory=list)  # with text, in page order

    @property
    def path(self) -> tuple[str, ...]:
        """Tags from its first link up to its root."""
        return tuple(_tags(self.links[0], self.root))


def _tags(link: Measure, root: Measure) -> Iterator[str]:
    node: Measure | None = link
    while node is not None and node is not root:
        yield node.tag
        node = node.parent
    yield root.tag


@dataclass(slots=True)
class Skeleton:
    """What is left of the page where only links to stories count."""

    stories: dict[HtmlElement, Story]  # by root
    containers: list[Measure]  # elements that hold several, parents first


def skeleton_of(measures: dict[HtmlElement, Measure], core: Measure | None) -> Skeleton:
    """Stories and what holds several of them."""
    links, bare = _links(measures)
    links += _overlays(bare, {key.partition("?")[0] for _, key in links})
    around = {core.element, *core.element.iterancestors()} if core is not None else set()
    held: dict[HtmlElement, str] = {}
    shared: set[HtmlElement] = set()
    for link, key in links:
        node = link.parent
        while node is not None and (element := node.element) not in shared:
            known = held.get(element)
            if known == key:
                break
            if known is not None or node.parent is None or node.text - node.linked > HEAVY or element in around:
                shared.add(element)
            else:
                held[element] = key
            node = node.parent
    stories: dict[HtmlElement, Story] = {}
    for link, key in links:
        root = link
        while root.parent is not None and root.parent.element not in shared:
            root = root.parent
        stories.setdefault(root.element, Story(key, root)).links.append(link)
    return Skeleton(stories, [entry for element, entry in measures.items() if element in shared])


def _links(measures: dict[HtmlElement, Measure]) -> tuple[list[tuple[Measure, str]], list[Measure]]:
    """Links to stories with what tells each story from others, and links without text."""
    links, bare = [], []
    for entry in measures.values():
        # numbers are asked first: nine of ten elements end here
        if entry.tag == "a":
            if LEAST_BYTES <= entry.linked <= MOST_BYTES:
                if key := _story_key(entry):
                    links.append((entry, key))
            elif not entry.text:
                bare.append(entry)
        elif _may_open(entry) and (key := _opened_by_script(entry.element)):
            links.append((entry, key))
    return links, bare


def _story_key(link: Measure) -> str | None:
    """The address that tells a story from others, None where the link is none to a story."""
    href = link.element.get("href")
    if href is None or (not href.startswith(("/", "http")) and _NO_STORY.match(href)):
        return None
    block = link.parent
    while block is not None and block.tag in INLINE:
        block = block.parent
    if block is not None and (block.tag == "h1" or block.own >= RUN_BYTES or (block.own and _is_amid(link.element))):
        return None
    return key_of(href) if link.linked >= SURE_BYTES or is_headline(_text(link.element)) else None


def _overlays(bare: list[Measure], known: set[str]) -> list[tuple[Measure, str]]:
    """Links without text that lie over a card and name its story for those who cannot see it; none to stories known by their text."""
    found = []
    for entry in bare:
        if (href := entry.element.get("href")) and not _NO_STORY.match(href):
            named = entry.element.get("aria-label") or entry.element.get("title")
            if named and is_headline(named) and (key := key_of(href)).partition("?")[0] not in known:
                found.append((entry, key))
    return found


def _may_open(entry: Measure) -> bool:
    """Whether an element is a line of unlinked text alone, as headlines are that a script opens."""
    return SURE_OWN <= entry.own <= MOST_OWN and entry.own == entry.text and not entry.blocks and entry.tag in _OPENED_TAGS


def _opened_by_script(element: HtmlElement) -> str | None:
    """What tells a headline from others that no link but a script opens: it is unlinked, alone in its element, and named so."""
    for name, value in element.items():
        if name in _OPENING or (name == "class" and _OPENED.search(value)):
            return f"script {text_of(element)}"
    return None


def _text(link: HtmlElement) -> str:
    return text_of(link) if len(link) else (link.text or "").strip()


def key_of(href: str) -> str:
    """An address without its fragment."""
    return href.strip().partition("#")[0]


def _is_amid(link: HtmlElement) -> bool:
    """Whether a link stands within a sentence."""
    while (outer := link.getparent()) is not None and outer.tag in INLINE and len(outer) == 1 and not (outer.text or "").strip():
        link = outer
    if link.tail and _GOES_ON.match(link.tail):
        return True
    previous, parent = link.getprevious(), link.getparent()
    before = (parent.text if parent is not None else None) if previous is None else previous.tail
    return bool(before and len(before.strip()) >= LEAST_AMID and _COMES_FROM.search(before) and not is_known(before))


def is_headline(text: str) -> bool:
    """Whether a line is long enough for one: letters in dense scripts, words in others."""
    return len(text) >= LEAST_LETTERS or len(text.split()) >= LEAST_WORDS or len(_DENSE.findall(text)) >= LEAST_DENSE
