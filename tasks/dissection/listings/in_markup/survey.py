"""What an element holds beside its stories, looked at as a whole before it is read from its first child to its last."""

from collections import Counter
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from tasks.dissection.listings.in_markup.labels import holds_heading, leads_to_section
from tasks.dissection.listings.in_markup.runs import SCRAP_BYTES, Run
from tasks.dissection.listings.in_markup.stories import Skeleton, Story, key_of
from tasks.dissection.markup.measures import Measure
from tasks.dissection.words.sentences import RUN_BYTES

MOST_BESIDE = 2  # elements of one kind beside each item: where there are more, they are paragraphs
WRAPPERS = 2  # elements around a paragraph in which it still stands beside the others
LEAST_FLOW = 3  # paragraphs beside each other that make a running text
Children = list[tuple[HtmlElement, Measure | None]]
NEAR_HEADING = 4  # elements behind a linked heading that may hold its stories
MOST_LINKS = 4  # in one row: title, topic, author, comments
LEAST_MEMBER = 6  # UTF-8 bytes of the shortest headline amid longer ones


@dataclass(slots=True)
class Walk:
    """What is known of the page while its runs are read."""

    skeleton: Skeleton
    measures: dict[HtmlElement, Measure]
    core: HtmlElement | None
    around: set[HtmlElement]  # the core and what it stands in
    shared: set[HtmlElement]  # elements that hold several stories
    found: dict[HtmlElement, list[Run]] = field(default_factory=dict)  # by such an element
    hidden: list[HtmlElement] = field(default_factory=list)  # lists that no reader sees


@dataclass(frozen=True, slots=True)
class ContainerSurvey:
    is_menu: bool = False  # most links are too short for headlines
    recurring: frozenset[tuple[str, str]] = frozenset()  # kinds of what stands beside each story
    is_before: bool = False  # whether it stands before it


def filled(runs: list[Run], child: HtmlElement, entry: Measure, walk: Walk) -> list[Run]:
    """The runs of a child; one that is all that it holds is made up of the child."""
    if len(runs) == 1 and child not in walk.around and entry.text - runs[0].size(walk.measures) <= SCRAP_BYTES:
        return [replace(runs[0], parts=(child,))]
    return runs


def is_flow(children: Children, walk: Walk) -> bool:
    """Whether paragraphs stand beside the stories: then they are part of a text, not of a list."""
    paragraphs = roots = 0
    for child, entry in children:
        if entry is None or child in walk.shared:
            continue
        if child in walk.skeleton.stories:
            roots += 1
        elif (entry.own >= RUN_BYTES or (entry.running and entry.blocks <= WRAPPERS)) and entry.text - entry.linked >= RUN_BYTES:
            paragraphs += 1
    return paragraphs >= LEAST_FLOW and paragraphs > MOST_BESIDE * roots


def heads_section(children: Children, place: int, walk: Walk) -> bool:
    """Whether a child that leads to one story is a heading instead, linked to the section of the stories behind it."""
    child, entry = children[place]
    if entry is None or not holds_heading(child, entry):
        return False
    under: list[str] = []
    for behind, _ in children[place + 1 : place + 1 + NEAR_HEADING]:
        if behind in walk.shared:
            runs = () if under else walk.found.get(behind, ())[:1]
            under += [story.key for run in runs for story in run.stories]
            break
        if behind in walk.skeleton.stories:
            under.append(walk.skeleton.stories[behind].key)
    return leads_to_section(walk.skeleton.stories[child].key, under)


def survey(holder: HtmlElement, children: Children, walk: Walk) -> ContainerSurvey:
    """Rows with one story beside other links, and shorter members of a list, become stories of the page on the way."""
    stories = walk.skeleton.stories
    roots, rest = _roots(holder, children, walk)
    if len(roots) < 2 or not rest:
        return ContainerSurvey()
    kinds = {tag_and_class(root) for root in roots}
    members = short_members(rest, kinds, walk.measures)
    is_menu = len(members) > len(roots)
    for child, link in () if is_menu else members:
        stories[child] = Story(key_of(link.element.get("href", "")), walk.measures[child], [link])
    counts = Counter(kind for child in rest if child not in stories and (kind := tag_and_class(child)) not in kinds)
    few, many = max(2, len(roots) / 2), MOST_BESIDE * len(roots)
    recurring = frozenset(kind for kind, count in counts.items() if few <= count <= many)
    order = [child in stories for child, _ in children if child in stories or tag_and_class(child) in recurring] if recurring else [True]
    return ContainerSurvey(is_menu, recurring, not order[0] and order[-1])


def _roots(holder: HtmlElement, children: Children, walk: Walk) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """Children that lead to one story, and those with other text."""
    stories = walk.skeleton.stories
    roots: list[HtmlElement] = []
    rest: list[HtmlElement] = []
    for child, entry in children:
        if entry is None or not (entry.text or child in stories):
            continue
        if child in walk.shared:
            if (story := single_story(child, walk.found[child], holder, walk.shared, stories)) is None:
                continue
            stories[child] = Story(story.key, entry, story.links)
            walk.shared.discard(child)
        (roots if child in stories else rest).append(child)
    return roots, rest


def tag_and_class(element: HtmlElement) -> tuple[str, str]:
    """What siblings of one list share: the tag and the first class."""
    tag = element.tag
    assert isinstance(tag, str)
    return tag, element.get("class", "").strip().partition(" ")[0]


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
