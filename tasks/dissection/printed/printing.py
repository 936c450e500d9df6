"""What the two printings of a page, as markup and as lines, have in common: all that regions around the body need."""

from dataclasses import dataclass

from lxml.html import HtmlElement

from tasks.dissection.findings import Finding, Image
from tasks.dissection.listings.found import FoundListing
from tasks.dissection.markup.parsed_page import ParsedPage

SHORT_BODY = 600  # UTF-8 bytes below which an article is flagged: a flash, a caption or the stub before a paywall


@dataclass(frozen=True, slots=True)
class Printing:
    """A page with its article told from the rest. `reason` says why it has none; then nothing is there but the findings,
    and the listings of a front or list page."""

    page: ParsedPage  # of a text page, what stands above the body
    findings: tuple[Finding, ...]
    reason: str | None = None  # not_article:front_page | too_short ...
    detail: str | None = None
    title: str = ""  # empty: no place has one
    body: str = ""
    flags: tuple[str, ...] = ()
    listings: tuple[FoundListing, ...] = ()
    images: tuple[Image, ...] = ()
    emphasised: frozenset[str] = frozenset()  # lines that are printed bold or as subheads, as line_key gives them
    tree: HtmlElement | None = None  # the page without other stories, where credit lines are read
    signed: str | None = None  # the body with the lines that say who made it
    tail: tuple[str, ...] = ()  # lines under the body that stand in no tree


def length_flags(body: str) -> tuple[str, ...]:
    """short_body where it is one."""
    return ("short_body",) if len(body.encode("utf-8", "replace")) < SHORT_BODY else ()
