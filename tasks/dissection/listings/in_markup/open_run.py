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

    @classmethod
    def of(cls, run: Run) -> "OpenRun":
        return cls(run, run.container, list(run.stories), list(run.parts), dict(run.before), dict(run.after))

    @property
    def shape(self) -> tuple[str, ...]:
        return self.stories[0].path

    def closed(self) -> Run:
        return replace(
            self.run,
            stories=tuple(self.stories),
            container=self.container,
            parts=tuple(self.parts),
            before=self.before,
            after=self.after,
        )

    def add(self, story: Story, container: Measure) -> None:
        """One more story, in an element that holds all of them."""
        self.container = container
        self.stories.append(story)
        self.parts.append(story.root.element)

    def add_before(self, story: Story, sides: Sequence[Side]) -> None:
        """What stands before a story of it, above what is known to stand there."""
        if sides:
            self.before[story] = (*sides, *self.before.get(story, ()))
            self._add_parts(sides)

    def add_behind(self, side: Side) -> None:
        """What stands behind its last story."""
        self.after[self.stories[-1]] = (*self.after.get(self.stories[-1], ()), side)
        self._add_parts((side,))

    def join(self, run: Run, container: Measure) -> None:
        """The stories of another run, unless they are a copy of those it has."""
        self.parts += run.parts
        self.container = container
        if not is_copy(run, {story.key for story in self.stories}):
            self.stories += run.stories
            self.before |= run.before
            self.after |= run.after

    def _add_parts(self, sides: Iterable[Side]) -> None:
        self.parts += [side for side in sides if not isinstance(side, str)]
