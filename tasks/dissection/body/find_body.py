"""The body of an article: prune what is not running text, let trafilatura extract, judge each block, keep the article's paragraphs."""

from copy import deepcopy
from dataclasses import dataclass, field

from tasks.dissection.body.blocks import TextBlock, blocks_in
from tasks.dissection.body.declared_body import declared_body, declared_labels
from tasks.dissection.body.extraction import Extraction, attempted, extract_fast, extract_full
from tasks.dissection.body.paragraphs import Paragraphs, article_paragraphs, running_bytes
from tasks.dissection.body.pruning import Pruned, prune
from tasks.dissection.body.standfirst import find_standfirst
from tasks.dissection.body.story_blocks import story_text
from tasks.dissection.dialogue.emphasis import emphasised_lines
from tasks.dissection.dialogue.statements import may_have_turns
from tasks.dissection.findings import Candidate, Finding
from tasks.dissection.listings.found import FoundListing
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.parsed_page import ParsedPage, text_of
from tasks.dissection.pictures.images import Pictures, find_pictures
from tasks.dissection.words.text import squeeze

LEAST_COVERED = 0.5  # of the declared body, or that is taken
AGREED = 0.97  # of the region's text, from which on trafilatura's is not doubted and no block is judged
LEAST_LINKED = 0.5  # of a page's text, from which it may be a list and its blocks are looked at all the same
MORE = 1.5  # times the running text that a rescue has to bring
LEAST_BYTES = 250  # UTF-8; below it trafilatura's own rescues are tried as well; as many as its MIN_EXTRACTED_SIZE


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs joined by a newline, and why."""

    text: str
    finding: Finding
    pruned: Pruned
    mode: str  # page, blocks, or the fall-back that won: json_ld, full
    blocks: list[TextBlock] | None = None  # all that readers see; None where they were not looked at
    listings: tuple[FoundListing, ...] = ()
    pictures: Pictures = field(default_factory=Pictures)
    emphasised: frozenset[str] = frozenset()  # lines that the page prints bold or as subheads, folded
    signed: str = ""  # the text with the lines that say who made the article, which `text` is without


def find_body(page: ParsedPage) -> Body:
    """The article's text; empty where the page has none."""
    pruned = prune(page)
    page.held += pruned.tree.iter("*")
    pictures = find_pictures(page, pruned.tree, pruned.region, pruned.core)
    standfirst = None if pruned.start is None else find_standfirst(page, pruned.tree, pruned.start)
    extracted = attempted(extract_fast, deepcopy(pruned.tree), "page")
    is_agreed = _agree(extracted.text, pruned)
    blocks = None if is_agreed and pruned.shape.linked_share < LEAST_LINKED else _blocks(page, pruned)
    best, tries = extracted, [extracted]
    if blocks is not None and not is_agreed:
        best = Extraction("blocks", story_text(blocks, extracted.text, pruned.told, headline_area(page).heading))
        tries.insert(0, best)
    declared = declared_body(page)
    if len(best.text) < LEAST_COVERED * len(declared):
        best = Extraction("json_ld", declared)
        tries.append(best)
    if len(best.text.encode("utf-8", "replace")) < LEAST_BYTES:
        tries.append(attempted(extract_full, page.tree, "full"))
        if not best.text or running_bytes(tries[-1].text) > MORE * running_bytes(best.text):
            best = tries[-1]
    if not best.text and (broken := next((t.error for t in tries if t.error is not None), None)) is not None:
        raise broken
    kept = article_paragraphs(best.text, _titles(page), pictures.lines, declared_labels(page)).under(standfirst)
    bold = _emphasised(pruned, kept.text)
    finding, signed = _finding(kept, best, tries, pruned), "\n".join(kept.signed)
    return Body(kept.text, finding, pruned, best.mode, blocks, pruned.listings, pictures, bold, signed)


def _agree(extracted: str, pruned: Pruned) -> bool:
    """Whether trafilatura takes all that stands in the region, in its order and once."""
    if pruned.region is None:
        return False
    lines = ["".join(line.removeprefix("- ").split()) for line in extracted.split("\n")]
    taken, stands = "".join(lines), "".join(str(pruned.region.text_content()).split())
    return AGREED * len(stands) <= len(taken) and taken in stands and len(set(lines)) == len(lines)


def _blocks(page: ParsedPage, pruned: Pruned) -> list[TextBlock]:
    shown = page.tree.find("body")
    return blocks_in(page.tree if shown is None else shown, pruned.told)


def _emphasised(pruned: Pruned, text: str) -> frozenset[str]:
    """Of the region; asked only where the text may be an interview."""
    return emphasised_lines(pruned.tree if pruned.region is None else pruned.region) if may_have_turns(text) else frozenset()


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
    return "won" if extraction is best else "lost"


def _source(extraction: Extraction) -> str:
    return extraction.mode if extraction.mode in ("blocks", "json_ld") else f"trafilatura_{extraction.mode}"
