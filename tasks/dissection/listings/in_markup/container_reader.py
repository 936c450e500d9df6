"""The runs of stories in one element: labels and running text part them."""

from dataclasses import replace

from lxml.html import HtmlElement

from tasks.dissection.listings.in_markup.labels import HEADING, NAMED, ListLabel, is_hidden, list_label_of, raw_label, tells
from tasks.dissection.listings.in_markup.open_run import OpenRun, beside
from tasks.dissection.listings.in_markup.runs import SCRAP_BYTES, Run, Side, are_panes, levels_between
from tasks.dissection.listings.in_markup.stories import Story
from tasks.dissection.listings.in_markup.survey import Walk, filled, heads_section, is_flow, survey, tag_and_class
from tasks.dissection.markup.measures import Measure
from tasks.dissection.words.list_labels import kind_of_list
from tasks.dissection.words.partial_dates import is_day
from tasks.dissection.words.sentences import RUN_BYTES

# How many elements up a label may stand: a heading over a section, a bold line over its list.
REACH = {HEADING: 6, NAMED: 4}
PLAIN_REACH = 2
AMID_LEVELS = 2  # between a list and the paragraphs beside it
LABEL_BYTES = 60  # of a linked label that is long enough for a headline
LEAD_LEVELS = 2  # between a single story and the list that it leads


class ContainerReader:
    """One element that holds several stories, read from its first child to its last."""

    def __init__(self, container: Measure, walk: Walk) -> None:
        self.container = container
        self.walk = walk
        self.children = [(child, walk.measures.get(child)) for child in container.element]
        self.is_flow = container.element is walk.core or is_flow(self.children, walk)
        self.runs: list[Run | OpenRun] = []
        self.open: OpenRun | None = None  # the one that the next story belongs to
        self.waiting: list[tuple[HtmlElement, Measure] | str] = []  # text since the last story, which may be its label
        self.tabs: list[str] = []  # that switch between the next blocks
        self.sides: list[Side] = []  # beside a story that is still to come
        self.has_text = False

    def read(self) -> list[Run]:
        """Its runs in page order."""
        walk, element = self.walk, self.container.element
        stories = walk.skeleton.stories
        self.survey = survey(element, [] if self.is_flow else self.children, walk)
        if element.text and not element.text.isspace():
            self._raw(element.text)
        for place, (child, entry) in enumerate(self.children):
            story = stories.get(child)
            if entry is None or not (entry.text or story):
                pass
            elif story is None and child not in walk.shared:
                self._text(child, entry)
            elif is_hidden(child) and not self._is_pane(child):
                walk.hidden.append(child)
            elif story is None:
                self._runs(child, entry, walk.found.pop(child))
            elif entry.text <= LABEL_BYTES and (tells(child, entry) or heads_section(self.children, place, self.walk)):
                self._text(child, entry)
            else:
                self._story(story)
            if (tail := child.tail) and not tail.isspace():
                self._raw(tail)
        return [run.closed() if isinstance(run, OpenRun) else run for run in self.runs]

    def _is_pane(self, child: HtmlElement) -> bool:
        """Whether a hidden block shows when its tab is chosen: a row of tabs stands over its kind."""
        previous = child.getprevious()
        return bool(self.tabs) and previous is not None and tag_and_class(previous) == tag_and_class(child)

    def _labels(self) -> list[ListLabel]:
        """Labels among the text since the last story; where there is one, the open run has ended."""
        found = []
        for text in self.waiting:
            label = raw_label(text) if isinstance(text, str) else list_label_of(*text)
            if label is None:
                continue
            if is_day(label.text):
                self.sides.append(text if isinstance(text, str) else text[0])
            else:
                found.append(label)
        self.waiting = []
        if found:
            self.open, self.has_text = None, True
        return found

    def _story(self, story: Story) -> None:
        labels = self._labels() if self.waiting else []
        run = self.open
        if run is None or not self._goes_on(run, story) or (self.is_flow and not run.run.label):
            begun = Run((), self.container, (), is_amid=self.is_flow, is_menu=self.survey.is_menu, is_leading=not self.has_text)
            run = self.open = OpenRun.of(self._labelled(begun, labels))
            self.runs.append(run)
        run.add(story, self.container)
        if self.sides:
            run.add_before(story, self._sides_waiting())
        self.has_text = True

    def _sides_waiting(self) -> list[Side]:
        sides, self.sides = self.sides, []
        return sides

    def _goes_on(self, run: OpenRun, story: Story) -> bool:
        """Whether a story that stands alone belongs to the open run: behind a list it does where it is the last, shorter row."""
        if run.container is self.container or len(run.stories) == 1:
            return True
        return tag_and_class(self._child_with(run.parts[-1])) == tag_and_class(story.root.element)

    def _labelled(self, run: Run, labels: list[ListLabel]) -> Run:
        """The run with the label that heads it, if one of these does."""
        if run.label is not None:
            return run
        levels = self._levels(run) if labels else 0
        reachable = [label for label in labels if levels <= REACH.get(label.strength, PLAIN_REACH)]
        if reachable:
            # the strongest, and of equal ones the nearest
            label = max(reversed(reachable), key=lambda label: label.strength)
            # a heading over the tabs heads all that they switch between, unless they say more than "Week" or "Month"
            heading = None if label is reachable[-1] else label.text
            self.tabs = [heading if heading and kind_of_list(tab) is None else tab for tab in reachable[-1].tabs[1:]]
        elif self.tabs:
            label = ListLabel(self.tabs.pop(0), NAMED, None)
        else:
            return run
        return replace(run, label=label, scope=self.container.element)

    def _runs(self, child: HtmlElement, entry: Measure, runs: list[Run]) -> None:
        """The runs of a child: one without a label of its own may go on with the open one."""
        if not runs:
            return
        if self.is_flow:
            runs = [replace(run, is_amid=True) if self._levels(run) <= AMID_LEVELS else run for run in runs]
        first, *others = filled(runs, child, entry, self.walk)
        labels = self._labels() if self.waiting else []
        sides = self._sides_waiting()
        if sides:
            first = beside(first, sides)
        if not others and not labels and self.open is not None and self._joins(self.open, child, first):
            self.open.join(first, self.container)
        else:
            self._begin(child, self._labelled(first, labels) if first.is_leading else first, others)
        self.has_text = True

    def _begin(self, child: HtmlElement, first: Run, others: list[Run]) -> None:
        """The runs of a child that go on with none; one that is alone may be gone on with."""
        if first.is_leading and self.has_text:
            first = replace(first, is_leading=False)
        self.open = None
        if others or child in self.walk.around or first.scope not in (None, self.container.element):
            self.runs += [first, *(replace(run, is_leading=False) if run.is_leading else run for run in others)]
        else:
            self.open = OpenRun.of(first)
            self.runs.append(self.open)

    def _joins(self, opened: OpenRun, child: HtmlElement, run: Run) -> bool:
        """Whether a child's run goes on with the open one."""
        if run.label is not None or self.is_flow or self.tabs or not run.is_leading or child in self.walk.around:
            return False
        is_lead = len(opened.stories) == 1 and self._levels(run) <= LEAD_LEVELS and self._levels(opened) <= LEAD_LEVELS
        if opened.run.scope is not self.container.element and opened.shape != run.shape and not is_lead:
            return False
        return not are_panes(self._child_with(opened.parts[-1]), child)

    def _levels(self, run: Run | OpenRun) -> int:
        return levels_between(run.container, self.container.element)

    def _child_with(self, element: HtmlElement) -> HtmlElement:
        while (parent := element.getparent()) is not None and parent is not self.container.element:
            element = parent
        return element

    def _text(self, child: HtmlElement, entry: Measure) -> None:
        """Text without stories: beside an item where it recurs, else a label, a paragraph or a scrap."""
        if tag_and_class(child) in self.survey.recurring:
            self._side(child)
            return
        self.sides = []
        if entry.running >= RUN_BYTES or entry.own >= RUN_BYTES:
            self.open, self.waiting, self.tabs = None, [], []
        else:
            self.waiting.append((child, entry))
            if entry.text <= 2 * SCRAP_BYTES:
                return
        self.has_text = True

    def _raw(self, text: str) -> None:
        text = text.strip()
        if not any(map(str.isalnum, text)):
            return
        if self.open is not None and self.open.container is self.container and not self.is_flow:
            self._side(text)
        else:
            self.waiting.append(text)

    def _side(self, side: Side) -> None:
        if self.survey.is_before or self.open is None or not self.open.stories:
            self.sides.append(side)
        else:
            self.open.add_behind(side)
