"""Runs of stories that stand together: what a listing is before it is judged."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml.html import HtmlElement

from tasks.dissection.listings.in_markup.labels import ListLabel
from tasks.dissection.listings.in_markup.stories import Story
from tasks.dissection.markup.measures import Measure

COPIED = 0.5  # of a run's stories, from which it is a copy
SCRAP_BYTES = 30  # of other text in the element that a run fills
_SWITCHED = re.compile(r"(?:(?:is|tabs?|pane|panel|box)[-_]+)*(?:active|current|selected|show|on|cur|hid(?:e|d?en)?)", re.IGNORECASE)
_SLIDE = re.compile("carousel|slide|swiper|slick|item", re.IGNORECASE)

Side: TypeAlias = HtmlElement | str  # what stands beside an item in the element that holds it: an element, or bare text


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Stories that stand together, in page order."""

    stories: tuple[Story, ...]
    container: Measure  # the innermost element that holds all of them
    parts: tuple[HtmlElement, ...]  # elements that make it up
    label: ListLabel | None = None
    scope: HtmlElement | None = None  # the element in which the label stands
    is_leading: bool = True  # whether no text stands before it in the element that was read last
    before: Mapping[Story, Sequence[Side]] = field(default_factory=dict)  # what stands beside a story, in the element that holds it
    after: Mapping[Story, Sequence[Side]] = field(default_factory=dict)
    is_amid: bool = False  # whether paragraphs stand beside it, as in the article
    is_boxed: bool = False  # whether it was gathered from link boxes of one shape
    is_menu: bool = False  # whether most of its siblings are too short for headlines

    @property
    def shape(self) -> tuple[str, ...]:
        """Tags from the first story's link up to its root."""
        return self.stories[0].path

    def size(self, measures: dict[HtmlElement, Measure]) -> int:
        """UTF-8 bytes of its text."""
        return sum(measures[part].text for part in self.parts)


def levels_between(inner: Measure, element: HtmlElement) -> int:
    """How many elements stand between one and another around it."""
    levels, node = 0, inner
    while node.element is not element and node.parent is not None:
        levels, node = levels + 1, node.parent
    return levels


def is_copy(run: Run, keys: set[str]) -> bool:
    """Whether a run repeats stories that stand before it: what pages keep for robots, or for smaller screens."""
    return sum(story.key in keys for story in run.stories) > COPIED * len(run.stories)


def are_panes(first: HtmlElement, second: HtmlElement) -> bool:
    """Whether two blocks take turns under a row of tabs: one is marked as the one shown."""
    names = first.get("class", ""), second.get("class", "")
    differing = set(names[0].split()) ^ set(names[1].split())
    if not any(map(_SWITCHED.fullmatch, differing)):
        return False
    return not _SLIDE.search(names[0])
