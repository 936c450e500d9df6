"""The runs of stories in one element: labels and running text part them."""

from lxml.html import HtmlElement

from tasks.dissection.listings.in_markup.labels import HEADING, NAMED, ListLabel, is_hidden, list_label_of, raw_label, tells
from tasks.dissection.listings.in_markup.runs import SCRAP_BYTES, Run, Side, are_panes, is_copy
from tasks.dissection.listings.in_markup.stories import Story
from tasks.dissection.listings.in_markup.survey import Walk, fill, is_flow, survey, tag_and_class
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
        self.runs: list[Run] = []
        self.open: Run | None = None  # the run that the next story belongs to
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
        for child, entry in self.children:
            story = stories.get(child)
            if entry is None or not (entry.text or story):
                pass
            elif story is None and child not in walk.shared:
                self._text(child, entry)
            elif is_hidden(child) and not self._is_pane(child):
                walk.hidden.append(child)
            elif story is None:
                self._runs(child, entry, walk.found.pop(child))
            elif entry.text <= LABEL_BYTES and tells(child, entry):
                self._text(child, entry)
            else:
                self._story(story)
            if (tail := child.tail) and not tail.isspace():
                self._raw(tail)
        return self.runs

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
        if run is None or not self._goes_on(run, story) or (self.is_flow and not run.label):
            run = Run([], self.container, is_amid=self.is_flow, is_menu=self.survey.is_menu, is_leading=not self.has_text)
            self.open = run
            self.runs.append(run)
            self._take_label(run, labels)
        run.container = self.container
        run.stories.append(story)
        run.parts.append(story.root.element)
        self._take_sides(run, story)
        self.has_text = True

    def _take_sides(self, run: Run, story: Story) -> None:
        if self.sides:
            run.before[story] = [*self.sides, *run.before.get(story, ())]
            run.parts += [side for side in self.sides if not isinstance(side, str)]
            self.sides = []

    def _goes_on(self, run: Run, story: Story) -> bool:
        """Whether a story that stands alone belongs to the open run: behind a list it does where it is the last, shorter row."""
        if run.container is self.container or len(run.stories) == 1:
            return True
        return tag_and_class(self._child_with(run.parts[-1])) == tag_and_class(story.root.element)

    def _take_label(self, run: Run, labels: list[ListLabel]) -> None:
        if run.label is not None:
            return
        reachable = [label for label in labels if run.levels <= REACH.get(label.strength, PLAIN_REACH)]
        if reachable:
            # the strongest, and of equal ones the nearest
            run.label = max(reversed(reachable), key=lambda label: label.strength)
            run.scope = self.container.element
            # a heading over the tabs heads all that they switch between, unless they say more than "Week" or "Month"
            heading = None if run.label is reachable[-1] else run.label.text
            self.tabs = [heading if heading and kind_of_list(tab) is None else tab for tab in reachable[-1].tabs[1:]]
        elif self.tabs:
            run.label, run.scope = ListLabel(self.tabs.pop(0), NAMED, None), self.container.element

    def _runs(self, child: HtmlElement, entry: Measure, runs: list[Run]) -> None:
        """The runs of a child: one without a label of its own may go on with the open one."""
        if not runs:
            return
        for run in runs:
            run.levels += 1
            run.is_amid = run.is_amid or (self.is_flow and run.levels <= AMID_LEVELS)
        fill(runs, child, entry, self.walk)
        first = runs[0]
        labels = self._labels() if self.waiting else []
        self._take_sides(first, first.stories[0])
        if len(runs) == 1 and not labels and self._joins(child, first):
            self._join(first)
        else:
            if first.label is None and first.is_leading:
                self._take_label(first, labels)
            for run in runs:
                run.is_leading = run is first and run.is_leading and not self.has_text
            self.runs += runs
            is_open = len(runs) == 1 and first.scope in (None, self.container.element) and child not in self.walk.around
            self.open = first if is_open else None
        self.has_text = True

    def _join(self, run: Run) -> None:
        joined = self.open
        assert joined is not None  # _joins has asked
        joined.parts += run.parts
        joined.container, joined.levels = self.container, 0
        if is_copy(run, {story.key for story in joined.stories}):
            return
        joined.stories += run.stories
        joined.before |= run.before
        joined.after |= run.after

    def _joins(self, child: HtmlElement, run: Run) -> bool:
        opened = self.open
        if opened is None or run.label is not None or self.is_flow or self.tabs or not run.is_leading or child in self.walk.around:
            return False
        is_lead = len(opened.stories) == 1 and run.levels <= LEAD_LEVELS and opened.levels <= LEAD_LEVELS
        if opened.scope is not self.container.element and opened.shape != run.shape and not is_lead:
            return False
        return not are_panes(self._child_with(opened.parts[-1]), child)

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
            return
        self.open.after.setdefault(self.open.stories[-1], []).append(side)
        if not isinstance(side, str):
            self.open.parts.append(side)
