"""Single links to other stories amid the paragraphs: "Read more: ..." and link boxes of one shape."""

from dataclasses import replace

from tasks.dissection.listings.found import FoundItem
from tasks.dissection.listings.in_markup.labels import ListLabel
from tasks.dissection.listings.in_markup.rows import tag_and_class
from tasks.dissection.listings.in_markup.runs import Run
from tasks.dissection.words.furniture import kind_of
from tasks.dissection.words.list_labels import is_known, shown_label

BOX_SHARE = 0.25  # of a link box's text, from which it is one: the rest is its topic, date and teaser
MOST_PIECES = 3  # beside the headline of a single pointer


def labelled(run: Run, item: FoundItem) -> tuple[ListLabel | None, FoundItem]:
    """The label that a single or first item carries, beside its headline or at its beginning, and the item without it."""
    few = len(item.before) + len(item.after) <= MOST_PIECES
    for piece in item.before if few else ():
        if is_known(piece.text) and piece.href is None:
            return ListLabel(shown_label(piece.text), 1, None), replace(item, before=tuple(p for p in item.before if p is not piece))
    if len(run.stories) == 1 and kind_of(item.headline) == "pointer":
        for mark in (":", "："):
            said, _, rest = item.headline.partition(mark)
            if rest.strip() and is_known(said):
                return ListLabel(shown_label(said), 1, None), replace(item, headline=rest.strip())
    return run.label, item


def gathered(runs: list[Run]) -> list[Run]:
    """Runs with the single link boxes of one element and shape as one run, where the first of them stands."""
    boxes: dict[tuple[object, ...], list[Run]] = {}
    for run in runs:
        if len(run.stories) == 1 and run.is_amid and run.label is None:
            root = run.stories[0].root
            if root.element.tag not in ("p", "a") and root.element.get("class") and root.linked >= BOX_SHARE * root.text:
                boxes.setdefault((run.container.element, *tag_and_class(root.element), *run.shape), []).append(run)
    joined: set[Run] = set()
    for first, *others in boxes.values():
        first.is_amid, first.is_boxed = not others, bool(others)
        for run in others:
            first.stories += run.stories
            first.parts += run.parts
            joined.add(run)
    return [run for run in runs if run not in joined]
