"""One item of a listing: which of its texts is the headline, and the pieces of text beside it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from tasks.dissection.listings.found import FoundItem, ItemText
from tasks.dissection.listings.in_markup.labels import is_hidden
from tasks.dissection.listings.in_markup.runs import Run, Side
from tasks.dissection.listings.in_markup.stories import Story, is_headline
from tasks.dissection.markup.elements import tag_of
from tasks.dissection.markup.measures import INLINE, Measure
from tasks.dissection.words.text import squeeze

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Words in the names of elements, as the style sheets of news sites have them.
_TITLED = re.compile(r"title|headline|(?:^|[-_\s])(?:head|hl|tit|ttl|heading|tlt|subject|titre|titulo)", re.IGNORECASE)
_ABOVE = re.compile(
    "top-?line|kicker|over-?line|roof|categor|section|topic|tag|label|flag|badge|channel|rubric|date|time|author|byline|source|count"
    "|num|rank|comment|meta|info|icon|eyebrow|spitzmarke|dachzeile|prefix|surtitre|premium",
    re.IGNORECASE,
)
_TEASING = re.compile(
    "desc|summary|teaser-?text|intro|excerpt|standfirst|lead|abstract|subtitle|sub-?head|brief|content|text$", re.IGNORECASE
)
MOST_HEADLINE = 300  # characters; the longest real headline in the pages has 214
# How much each sign tells that a text is the headline. A link to the story outweighs all others but two together.
LINKED, LONG, HEADED, BOLD, TITLED, ABOVE, TEASING = 4.0, 2.0, 2.0, 0.5, 2.0, -2.5, -1.0
_PARTING = frozenset(("a", "time", "br", "label", "img"))  # inline, and yet between two texts
# Attributes in which pages tell machines an instant or a number.
_MACHINE = frozenset(
    ("datetime", "data-time", "data-timestamp", "data-date", "data-published", "data-count", "data-comment-count", "data-comments")
)


@dataclass(slots=True)
class Segment:
    """Text that nothing parts."""

    text: str
    element: HtmlElement
    tags: tuple[str, ...]  # from the item's root down
    names: str  # class and id of the elements from the root down, parted by slashes
    link: HtmlElement | None
    machine: str | None = None


def read_item(run: Run, story: Story, measures: dict[HtmlElement, Measure]) -> FoundItem | None:
    """None where no text of it can be a headline."""
    link = story.links[0]
    if link.text == story.root.text and not len(link.element) and len(text := squeeze(link.element.text)) <= MOST_HEADLINE:
        beside = (tuple(_beside(sides.get(story, ()), measures)) for sides in (run.before, run.after))
        return FoundItem(text, link.element.get("href"), *beside)
    segments = segments_of(story.root.element, measures)
    best = _headline(segments, {link.element for link in story.links})
    if best is None:
        return None
    at = segments.index(best)
    above = [*_beside(run.before.get(story, ()), measures), *map(_piece, segments[:at])]
    below = [*map(_piece, segments[at + 1 :]), *_beside(run.after.get(story, ()), measures)]
    href = (best.link if best.link is not None else story.links[0].element).get("href")
    return FoundItem(best.text, href, _without(above, best.text), _without(below, best.text))


def _without(pieces: Sequence[ItemText], headline: str) -> tuple[ItemText, ...]:
    return tuple(piece for piece in pieces if piece.text != headline and (piece.machine or any(map(str.isalnum, piece.text))))


def _headline(segments: list[Segment], links: set[HtmlElement]) -> Segment | None:
    """The text that looks most like one: in a heading or named a title, long enough, in the story's link."""
    possible = [s for s in segments if s.text and len(s.text) <= MOST_HEADLINE and (s.link in links or is_headline(s.text))]
    linked = [segment for segment in possible if segment.link in links]
    if len(linked) == 1 and is_headline(linked[0].text):
        return linked[0]
    return max(possible, key=lambda segment: _weight(segment, segment.link in links), default=None)


def _weight(segment: Segment, linked: bool) -> float:
    weight = LINKED * linked + LONG * is_headline(segment.text) + _weight_of_names(segment.names.rpartition("/")[2])
    weight += HEADED * (not _HEADINGS.isdisjoint(segment.tags)) + BOLD * ("strong" in segment.tags or "b" in segment.tags)
    return weight + min(len(segment.text), 40) / 100


@lru_cache(maxsize=4096)  # the items of a list share their names
def _weight_of_names(names: str) -> float:
    titled = _TITLED.search(names) is not None
    if _ABOVE.search(names) and not titled:
        return ABOVE
    return TITLED if titled else TEASING if _TEASING.search(names) else 0.0


def _piece(segment: Segment) -> ItemText:
    href = None if segment.link is None else segment.link.get("href")
    return ItemText(segment.text, segment.tags[-1], segment.names.replace("/", " ").strip(), href, segment.machine)


def _beside(sides: Sequence[Side], measures: dict[HtmlElement, Measure]) -> Iterator[ItemText]:
    for side in sides:
        if isinstance(side, str):
            yield ItemText(squeeze(side))
        else:
            yield from map(_piece, segments_of(side, measures))


def segments_of(root: HtmlElement, measures: dict[HtmlElement, Measure]) -> list[Segment]:
    """Texts in page order, squeezed, none empty unless it tells machines something."""
    found: list[Segment] = []
    _walk(measures[root], measures, (), "", None, found, True)
    for segment in found:
        segment.text = squeeze(segment.text)
    return [segment for segment in found if segment.text or segment.machine]


def _walk(
    entry: Measure,
    measures: dict[HtmlElement, Measure],
    tags: tuple[str, ...],
    names: str,
    link: HtmlElement | None,
    found: list[Segment],
    is_parted: bool,
) -> None:
    """Append the texts of an element; text goes on with the last one unless an element that parts them stands between."""
    element, tag = entry.element, entry.tag
    tags = (*tags, tag)
    own, machine = "", None
    for name, value in element.items():
        if name == "class" or name == "id":
            own = f"{own} {value}"
        elif name in _MACHINE:
            machine = machine or value
    if own:
        names = f"{names}/{own}"
    link = element if tag == "a" else link
    if is_parted or own or machine or tag not in INLINE or tag in _PARTING:
        found.append(Segment("", element, tags, names, link, machine))
    if text := element.text:
        found[-1].text += text
    is_parted = False
    for child in element:
        before = len(found)
        inner = measures.get(child)
        if inner is not None and inner.text and not is_hidden(child):
            _walk(inner, measures, tags, names, link, found, is_parted)
        elif (child.tag if inner is None else inner.tag) in _PARTING:
            _silent(child, tags, names, link, found)
        is_parted = is_parted or len(found) > before
        if tail := child.tail:
            if is_parted and not tail.isspace():
                found.append(Segment("", element, tags, names, link))
                is_parted = False
            found[-1].text += tail


def _silent(element: HtmlElement, tags: tuple[str, ...], names: str, link: HtmlElement | None, found: list[Segment]) -> None:
    """An element without text parts what is around it, and may tell machines something."""
    machine = element.get("datetime") if element.tag == "time" else None
    found.append(Segment("", element, (*tags, tag_of(element)), names, link, machine))
