"""The body of an article: prune what is not running text, let trafilatura extract, keep the article's paragraphs."""

from copy import deepcopy
from dataclasses import dataclass, field

from lxml.etree import SubElement
from lxml.html import Element, HtmlElement

from tasks.dissection.body.declared_body import declared_body, declared_labels
from tasks.dissection.body.extraction import Extraction, attempted, extract_fast, extract_full
from tasks.dissection.body.paragraphs import Paragraphs, article_paragraphs, running_bytes
from tasks.dissection.body.pruning import Pruned, prune
from tasks.dissection.body.standfirst import find_standfirst
from tasks.dissection.dialogue.emphasis import emphasised_lines
from tasks.dissection.dialogue.statements import may_have_turns
from tasks.dissection.findings import Candidate, Finding
from tasks.dissection.listings.found import FoundListing
from tasks.dissection.markup.parsed_page import ParsedPage, text_of
from tasks.dissection.pictures.images import Pictures, find_pictures
from tasks.dissection.words.text import squeeze

# Share of the region's running text that an extraction has to hold, or the next mode is tried.
LEAST_COVERED = 0.5
LEAST_CHARS = 250  # below it trafilatura's own rescues are tried as well; the same as its MIN_EXTRACTED_SIZE


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs joined by a newline, and why."""

    text: str
    finding: Finding
    pruned: Pruned
    mode: str  # page, or the fall-back that won: region, json_ld, full
    listings: tuple[FoundListing, ...] = ()
    pictures: Pictures = field(default_factory=Pictures)
    emphasised: frozenset[str] = frozenset()  # lines that the page prints bold or as subheads, folded
    signed: str = ""  # the text with the lines that say who made the article, which `text` is without


def find_body(page: ParsedPage) -> Body:
    """The article's text; empty where the page has none."""
    pruned = prune(page)
    pictures = find_pictures(page, pruned.tree, pruned.region, pruned.core)
    tries = [attempted(extract_fast, deepcopy(pruned.tree), "page")]
    standfirst = None if pruned.start is None else find_standfirst(page, pruned.tree, pruned.start)
    covered = running_bytes(tries[0].text)
    if pruned.region is not None and covered < LEAST_COVERED * pruned.region_running:
        tries.append(attempted(extract_fast, _region_tree(pruned), "region"))
    best = max(tries, key=lambda t: running_bytes(t.text))
    declared = declared_body(page)
    if len(best.text) < LEAST_COVERED * len(declared):
        best = Extraction("json_ld", declared)
        tries.append(best)
    if len(best.text) < LEAST_CHARS:
        tries.append(attempted(extract_full, page.tree, "full"))
        best = max(best, tries[-1], key=lambda t: len(t.text))
    if best.error is not None and all(t.error is not None for t in tries):
        raise best.error
    kept = article_paragraphs(best.text, _titles(page), pictures.lines, declared_labels(page)).under(standfirst)
    bold = _emphasised(pruned, kept.text)
    finding, signed = _finding(kept, best, tries, pruned), "\n".join(kept.signed)
    return Body(kept.text, finding, pruned, best.mode, pruned.listings, pictures, bold, signed)


def _emphasised(pruned: Pruned, text: str) -> frozenset[str]:
    """Of the region; asked only where the text may be an interview."""
    return emphasised_lines(pruned.tree if pruned.region is None else pruned.region) if may_have_turns(text) else frozenset()


def _region_tree(pruned: Pruned) -> HtmlElement:
    """The region alone, without the names and styles by which trafilatura may take it for something else."""
    assert pruned.region is not None and pruned.core is not None
    for element in (pruned.core, *pruned.core.iterancestors()):
        for name in ("class", "id", "style", "role", "aria-hidden"):
            element.attrib.pop(name, None)
        if element is pruned.region:
            break
    root = Element("html")
    article = SubElement(SubElement(root, "body"), "article")
    article.append(deepcopy(pruned.region))
    article[0].tail = None
    return root


def _titles(page: ParsedPage) -> list[str]:
    """Every headline that the page offers for itself; the body must not begin with one."""
    heads = [text_of(heading) for heading in page.tree.iter("h1")]
    named = [node["headline"] for node in page.json_ld if isinstance(node.get("headline"), str)]
    return [squeeze(page.tree.findtext(".//title")), page.first_meta("og:title", "twitter:title") or "", *heads, *named]


def _finding(kept: Paragraphs, best: Extraction, tries: list[Extraction], pruned: Pruned) -> Finding:
    dropped = ", ".join(f"{count} {rule}" for rule, count in kept.dropped)
    reason = (
        f"{best.mode} covers {running_bytes(best.text)} of {pruned.region_running} bytes of running text in the region; "
        f"{pruned.dropped} blocks pruned; lines dropped: {dropped or 'none'}"
    )
    candidates = tuple(Candidate(_source(t), t.text[:500] or None, _verdict(t, best)) for t in tries)
    return Finding("body", kept.text[:500] or None, _source(best) if kept.text else None, reason, candidates)


def _verdict(extraction: Extraction, best: Extraction) -> str:
    if extraction.error is not None:
        return f"broke: {type(extraction.error).__name__}: {extraction.error}"[:200]
    return "won" if extraction is best else "lost: covers less running text"


def _source(extraction: Extraction) -> str:
    return extraction.mode if extraction.mode == "json_ld" else f"trafilatura_{extraction.mode}"
