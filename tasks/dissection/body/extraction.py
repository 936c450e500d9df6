"""trafilatura, called stage by stage on a tree that is ours to change.

`trafilatura.bare_extraction` copies its tree three times, runs XPaths for comments and for appended articles over all of
it and measures the page again before it retries; on pruned trees these were half of its time and changed no body for
the better. Its stages are called here as its core does (trafilatura 2.3), and its searches by name are replaced by quicker
ones that find the same; tests/dissection/test_extraction.py tells when either changes.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import justext.core
from lxml.etree import strip_elements, strip_tags
from lxml.html import HtmlElement
from trafilatura import bare_extraction, main_extractor
from trafilatura.htmlprocessing import _handle_forms, convert_tags, prune_html, recover_math
from trafilatura.main_extractor import extract_content
from trafilatura.settings import MANUALLY_CLEANED, MANUALLY_STRIPPED, Document, Extractor
from trafilatura.xml import xmltotxt

from tasks.dissection.body.named_search import quick

# trafilatura warns about every page it finds nothing on; ours are told in ops.rejects.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# The lists of searches that trafilatura's main extractor goes through: a search is whatever takes a tree and gives elements.
SEARCHES = ("BODY_XPATH", "OVERALL_DISCARD_XPATH", "TEASER_DISCARD_XPATH", "DISCARD_IMAGE_ELEMENTS")
for name in SEARCHES:
    setattr(main_extractor, name, [quick(search) for search in getattr(main_extractor, name)])

MOST_NEIGHBOURS = 200  # short paragraphs in a row


def near_neighbour(place: int, paragraphs: Sequence[Any], ignore_neargood: bool, step: int, end: int) -> str:
    """justext's search for the next paragraph that tells what a short one is, but no further than MOST_NEIGHBOURS away.

    Its own went through all short ones from each of them: 5 s for 25 KB of <p>x</p>, 22 s for twice as much.
    """
    for paragraph in islice((paragraphs[at] for at in range(place + step, end, step)), MOST_NEIGHBOURS):
        told: str = paragraph.class_type
        if told in ("good", "bad") or (told == "neargood" and not ignore_neargood):
            return told
    return "bad"


justext.core._get_neighbour = near_neighbour


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one mode of extraction found. `text` has a line a paragraph."""

    mode: str
    text: str
    error: Exception | None = None  # that broke it


def attempted(extract: Callable[[HtmlElement, str], Extraction], tree: HtmlElement, mode: str) -> Extraction:
    """The extraction, or an empty one with what broke it."""
    try:
        return extract(tree, mode)
    except MemoryError:  # another mode takes as much
        raise
    except Exception as error:  # noqa: BLE001 - whatever trafilatura raises on an odd tree, another mode may not
        return Extraction(mode, "", error)


def extract_fast(tree: HtmlElement, mode: str) -> Extraction:
    """The main text of a tree, which is used up by it."""
    # lxml makes an object of an element each time it is met, unless somebody has it: trafilatura walks the tree a dozen times
    held = list(tree.iter())
    body, _ = extract_content(convert_tags(cleaned(tree), FAST), FAST)
    text = xmltotxt(body, include_formatting=False)
    del held
    return Extraction(mode, text)


def cleaned(tree: HtmlElement) -> HtmlElement:
    """trafilatura's tree_cleaning for our options, its walk for each of fifty tags as one: 0.1 instead of 0.3 ms a page."""
    recover_math(tree)
    for element in tree.iter("figure", "table"):
        # a table inside a figure, or one that is there for the layout
        if element.find(".//table") is not None if element.tag == "figure" else element.get("role") in ("presentation", "none"):
            element.tag = "div"
    strip_tags(tree, *MANUALLY_STRIPPED)
    strip_elements(tree, *(tag for tag in MANUALLY_CLEANED if tag != "form"), with_tail=False)
    _handle_forms(tree)
    return prune_html(tree)


def extract_full(tree: HtmlElement, mode: str) -> Extraction:
    """trafilatura with its comparisons and rescues; the tree stays as it is. Slow: 30 ms a page."""
    document = bare_extraction(tree, options=_options(fast=False))
    text = (document.text or "") if isinstance(document, Document) else ""
    # a table that is the layout of the page is printed as its rows
    return Extraction(mode, "\n".join(line.strip(" |") for line in text.split("\n")))


def _options(*, fast: bool) -> Extractor:
    # not empty, or it is asked for today's date on every page; the parameter is typed for texts, the attribute it becomes for this
    date_params: dict[str, Any] = {"original_date": True}
    return Extractor(output_format="python", fast=fast, comments=False, date_params=date_params)


FAST = _options(fast=True)  # read by the stages, never written
