"""One item of a listing: which of its texts is the headline, and the pieces of text beside it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from tasks.dissection.listings.found import FoundItem, ItemText
from tasks.dissection.listings.in_markup.runs import Run, Side
from tasks.dissection.listings.in_markup.segments import Segment, segments_of
from tasks.dissection.listings.in_markup.stories import Story, is_headline
from tasks.dissection.markup.measures import Measure
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
