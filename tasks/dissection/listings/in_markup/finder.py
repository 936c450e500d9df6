"""Blocks of links to other stories, found by their shape in the tree of a page."""

from dataclasses import dataclass, replace
from itertools import islice

from lxml.html import HtmlElement

from tasks.dissection.listings.found import FoundItem, FoundListing
from tasks.dissection.listings.in_markup.addresses import AddressShape, are_alike, own_shape
from tasks.dissection.listings.in_markup.cutting import parts_of
from tasks.dissection.listings.in_markup.item_reader import read_item
from tasks.dissection.listings.in_markup.judging import LEAST_SCORE, is_hopeless, judge
from tasks.dissection.listings.in_markup.labels import PLAIN, ListLabel
from tasks.dissection.listings.in_markup.runs import Run, is_copy
from tasks.dissection.listings.in_markup.stories import skeleton_of
from tasks.dissection.listings.in_markup.survey import tag_and_class
from tasks.dissection.listings.in_markup.walk import runs_of
from tasks.dissection.listings.in_markup.weeding import stories_among, without_copies
from tasks.dissection.markup.measures import Measure
from tasks.dissection.words.furniture import LABEL_CHARS, kind_of
from tasks.dissection.words.list_labels import is_known, is_slot, shown_label
from tasks.dissection.words.partial_dates import is_day
from tasks.dissection.words.text import CJK, squeeze

MOST_RUNNING = 700  # UTF-8 bytes of running text an item, more than the teasers of real lists have: what has more is an article
BOX_SHARE = 0.25  # of a link box's text, from which it is one: the rest is its topic, date and teaser
MOST_COMPARED = 150  # stories by which the addresses of the site are known
DATE_CHARS = 30  # of a link that says when the article was published
NEAR_ITEM = 2  # elements around a story in which its item of a list is
MOST_PIECES = 3  # beside the headline of a single pointer


@dataclass(frozen=True, slots=True)
class FoundListings:
    """Listings in page order, none inside another, and the elements to cut: theirs and those of lists that nobody sees."""

    listings: tuple[FoundListing, ...] = ()
    parts: tuple[HtmlElement, ...] = ()


def find_listings(measures: dict[HtmlElement, Measure], core: Measure | None, address: str | None = None) -> FoundListings:
    """Listings of what was measured; `core` is the densest element of running text, the article's, `address` the page's own."""
    skeleton = skeleton_of(measures, core)
    shape = own_shape(address, [story.key for story in islice(skeleton.stories.values(), MOST_COMPARED)])
    runs, hidden = runs_of(skeleton, measures, None if core is None else core.element)
    around = set() if core is None else {core.element, *core.element.iterancestors()}
    tree = next(iter(measures)).getroottree()
    parts = [element for element in hidden if element not in around]
    listings: list[FoundListing] = []
    pointers: dict[tuple[HtmlElement, str], int] = {}  # listings of single links, by what holds them and their label
    last: set[str] = set()  # the stories of the last listing
    for unlabelled in (_placed(run, core) for run in gathered(runs)):
        if unlabelled.label is None and len(unlabelled.stories) > 1 and is_copy(unlabelled, last):
            parts += parts_of(unlabelled, measures, around)
            continue
        run, items = _labelled(unlabelled, _items(unlabelled, measures))
        found = _listing(run, items, measures, shape)
        if found is None:
            if shape is not None and _listing(run, items, measures, None) is not None:  # offers: no listing, and no part of the story
                parts += parts_of(run, measures, around)
            continue
        last = {story.key for story in run.stories}
        own = parts_of(run, measures, around)
        paths = [tree.getpath(part) for part in own or run.parts]
        parts += own
        key = (run.container.element, found.label or "")
        if len(run.stories) == 1 and key in pointers:
            first = listings[pointers[key]]
            listings[pointers[key]] = replace(first, items=(*first.items, *found.items), more=(*first.more, *paths))
            continue
        if len(run.stories) == 1:
            pointers[key] = len(listings)
        listings.append(replace(found, place=paths[0], more=tuple(paths[1:])))
    return FoundListings(tuple(without_copies(listings)), tuple(parts))


def _placed(run: Run, core: Measure | None) -> Run:
    """The run, amid paragraphs where it stands in the core."""
    if run.is_amid or core is None or not any(ancestor is core.element for ancestor in run.container.element.iterancestors()):
        return run
    return replace(run, is_amid=True)


def _items(run: Run, measures: dict[HtmlElement, Measure]) -> list[FoundItem]:
    """Its items, each once; none where it cannot be a listing."""
    items: list[FoundItem] = []
    seen: set[str] = set()
    for story in () if is_hopeless(run) else run.stories:
        # carousels end with their first slide, and pages for robots repeat what readers see
        if (
            story.key not in seen
            and (item := read_item(run, story, measures)) is not None
            and item.headline not in seen
            and not _is_date(item.headline)
        ):
            seen.update((story.key, item.headline))
            items.append(item)
    return items


def _is_date(text: str) -> bool:
    return len(text) <= DATE_CHARS and not CJK.search(text) and is_day(text)


def _labelled(run: Run, items: list[FoundItem]) -> tuple[Run, list[FoundItem]]:
    """The run with the label that an item carries or its element is described with, and its items without it."""
    label = run.label
    if items and (len(items) == 1 or label is None):
        label, first = labelled(run, items[0])
        items = [first, *items[1:]]
    if len(items) > 1 and label is None:
        label = _described(run.container.element)
    return (run if label is run.label else replace(run, label=label)), items


def _listing(run: Run, items: list[FoundItem], measures: dict[HtmlElement, Measure], shape: AddressShape | None) -> FoundListing | None:
    """The listing that a run is, its place still to come; None where it is something else."""
    if run.label is not None and is_slot(run.label.text) and are_alike([item.href for item in items], shape):
        run = replace(run, label=None)
    label = run.label.text if run.label is not None else None
    if not items or (len(items) == 1 and (label is None or not is_known(label))):
        return None
    if sum(measures[part].running for part in run.parts) > MOST_RUNNING * len(items):
        return None
    judgement = judge(run, items, shape)
    if judgement.score < LEAST_SCORE:
        return None
    is_numbered = all(_is_numbered(story.root.element) for story in run.stories)
    told = tuple(stories_among(items, shape))
    return FoundListing(
        label, told, "", judgement.score, judgement.reason, _names(run.container.element), (), is_numbered, run.is_amid or run.is_boxed
    )


def _is_numbered(element: HtmlElement) -> bool:
    """Whether a browser draws a number before it."""
    item = next((node for node in (element, *islice(element.iterancestors(), NEAR_ITEM)) if node.tag == "li"), None)
    holder = None if item is None else item.getparent()
    return holder is not None and holder.tag == "ol"


def _described(element: HtmlElement) -> ListLabel | None:
    """The label that an element, or what wraps it alone, has for those who cannot see it."""
    node: HtmlElement | None = element
    while node is not None and node.tag not in ("body", "main", "article"):
        if (text := squeeze(node.get("aria-label"))) and len(text) <= LABEL_CHARS:
            return ListLabel(shown_label(text), PLAIN, None)
        parent = node.getparent()
        if parent is None or len(parent) > 1:
            break
        node = parent
    return None


def _names(element: HtmlElement) -> str:
    """Class and id of an element and of what wraps it alone."""
    names = []
    node: HtmlElement | None = element
    while node is not None and node.tag != "body":
        names.append(f"{node.get('class', '')} {node.get('id', '')}".strip())
        parent = node.getparent()
        if parent is None or len(parent) > 2:
            break
        node = parent
    return " ".join(filter(None, reversed(names)))


def labelled(run: Run, item: FoundItem) -> tuple[ListLabel | None, FoundItem]:
    """The label that a single or first item carries, beside its headline or at its beginning, and the item without it."""
    few = len(item.before) + len(item.after) <= MOST_PIECES
    for piece in item.before if few else item.before[:1]:
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
    joined: dict[Run, Run | None] = {}
    for first, *others in boxes.values():
        whole = (first, *others)
        stories = tuple(story for run in whole for story in run.stories)
        parts = tuple(part for run in whole for part in run.parts)
        joined |= dict.fromkeys(others)
        joined[first] = replace(first, stories=stories, parts=parts, is_amid=not others, is_boxed=bool(others))
    return [kept for run in runs if (kept := joined.get(run, run)) is not None]
