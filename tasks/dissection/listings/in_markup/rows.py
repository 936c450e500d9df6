"""Rows of a list: which of several links in one row is its story, and which short links are stories too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from tasks.dissection.listings.in_markup.stories import Story
from tasks.dissection.markup.measures import Measure

if TYPE_CHECKING:
    from tasks.dissection.listings.in_markup.runs import Run

MOST_LINKS = 4  # in one row: title, topic, author, comments
LEAST_MEMBER = 6  # UTF-8 bytes of the shortest headline amid longer ones


def tag_and_class(element: HtmlElement) -> tuple[str, str]:
    """What siblings of one list share: the tag and the first class."""
    return element.tag, element.get("class", "").strip().partition(" ")[0]


def single_story(
    row: HtmlElement, runs: list[Run], holder: HtmlElement, shared: set[HtmlElement], stories: dict[HtmlElement, Story]
) -> Story | None:
    """The story of a row that links a topic, a source or an author in as many words; None where the row holds several.

    All links of such a row differ in kind, and there are more rows of its kind.
    """
    held = [story for run in runs for story in run.stories]
    if not 2 <= len(held) <= MOST_LINKS or any(run.label is not None for run in runs):
        return None
    if len({_dress(story) for story in held}) < len(held):
        return None
    kind = tag_and_class(row)
    if not any(child is not row and tag_and_class(child) == kind and (child in shared or child in stories) for child in holder):
        return None
    return max(held, key=lambda story: (_is_headed(story), max(link.text for link in story.links)))


def _dress(story: Story) -> tuple[str, ...]:
    link = story.links[0].element
    return (*story.path, link.get("class", ""), *tag_and_class(story.root.element))


def _is_headed(story: Story) -> bool:
    return any(tag in ("h1", "h2", "h3", "h4", "h5", "h6") for tag in story.path)


def short_members(
    rest: list[HtmlElement], kinds: set[tuple[str, str]], measures: dict[HtmlElement, Measure]
) -> list[tuple[HtmlElement, Measure]]:
    """Siblings of stories, of their kind, with shorter links, each with its link. Where they are more than the stories, all are a menu."""
    short = []
    for child in rest:
        entry = measures[child]
        if not entry.linked or tag_and_class(child) not in kinds:
            continue
        link = max((measures[a] for a in child.iter("a")), key=lambda a: a.linked, default=None)
        if link is not None and link.linked >= LEAST_MEMBER and link.linked >= entry.text / 2 and link.element.get("href"):
            short.append((child, link))
    return short
