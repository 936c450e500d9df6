"""A run that is still being gathered: the next story of the element may join it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from tasks.dissection.listings.in_markup.runs import Run, Side, is_copy
from tasks.dissection.listings.in_markup.stories import Story
from tasks.dissection.markup.measures import Measure


@dataclass(slots=True)
class OpenRun:
    """Belongs to the reader of one element alone; what it hands on is `closed`."""

    run: Run  # as it began
    container: Measure
    stories: list[Story]
    parts: list[HtmlElement]
    before: dict[Story, Sequence[Side]]
    after: dict[Story, Sequence[Side]]
    has_grown: bool = False

    @classmethod
    def of(cls, run: Run) -> "OpenRun":
        return cls(run, run.container, list(run.stories), list(run.parts), dict(run.before), dict(run.after))

    @property
    def shape(self) -> tuple[str, ...]:
        return self.stories[0].path

    def closed(self) -> Run:
        if not self.has_grown:
            return self.run
        stories, parts = tuple(self.stories), tuple(self.parts)
        return replace(self.run, stories=stories, container=self.container, parts=parts, before=self.before, after=self.after)

    def add(self, story: Story, container: Measure) -> None:
        """One more story, in an element that holds all of them."""
        self.container, self.has_grown = container, True
        self.stories.append(story)
        self.parts.append(story.root.element)

    def add_before(self, story: Story, sides: Sequence[Side]) -> None:
        """What stands before a story of it."""
        self.has_grown = True
        self.before[story] = (*sides, *self.before.get(story, ()))
        self.parts += elements_of(sides)

    def add_behind(self, side: Side) -> None:
        """What stands behind its last story."""
        self.has_grown = True
        self.after[self.stories[-1]] = (*self.after.get(self.stories[-1], ()), side)
        self.parts += elements_of((side,))

    def join(self, run: Run, container: Measure) -> None:
        """The stories of another run, unless they are a copy of those it has."""
        self.container, self.has_grown = container, True
        self.parts += run.parts
        if not is_copy(run, {story.key for story in self.stories}):
            self.stories += run.stories
            self.before |= run.before
            self.after |= run.after


def beside(run: Run, sides: Sequence[Side]) -> Run:
    """The run with what stands before its first story."""
    opened = OpenRun.of(run)
    opened.add_before(run.stories[0], sides)
    return opened.closed()


def elements_of(sides: Iterable[Side]) -> list[HtmlElement]:
    """Those that are elements; bare text is none."""
    return [side for side in sides if not isinstance(side, str)]
