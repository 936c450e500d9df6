"""Runs of stories on a page, read from the innermost elements outwards."""

from lxml.html import HtmlElement

from tasks.dissection.listings.in_markup.container_reader import ContainerReader
from tasks.dissection.listings.in_markup.labels import is_hidden
from tasks.dissection.listings.in_markup.runs import Run
from tasks.dissection.listings.in_markup.stories import Skeleton
from tasks.dissection.listings.in_markup.survey import Walk, filled
from tasks.dissection.markup.measures import Measure


def runs_of(skeleton: Skeleton, measures: dict[HtmlElement, Measure], core: HtmlElement | None) -> tuple[list[Run], list[HtmlElement]]:
    """Every run of the page in page order, those of a single story too, and the elements of lists that no reader sees."""
    around = set() if core is None else {core, *core.iterancestors()}
    walk = Walk(skeleton, measures, core, around, {container.element for container in skeleton.containers})
    for container in reversed(skeleton.containers):
        runs = _passed_on(container, walk)
        walk.found[container.element] = ContainerReader(container, walk).read() if runs is None else runs
    return (walk.found[skeleton.containers[0].element] if skeleton.containers else []), walk.hidden


def _passed_on(container: Measure, walk: Walk) -> list[Run] | None:
    """The runs of an element that wraps one other and nothing else; None where it holds more."""
    for child in container.element:
        entry = walk.measures.get(child)
        if entry is not None and entry.text:
            if entry.text < container.text or child not in walk.shared or is_hidden(child):
                return None
            return filled(walk.found.pop(child), child, entry, walk)
    return None
