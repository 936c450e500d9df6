"""What an outline points at: the regions of a dissected page, each with its value, why it is one, and what it looks like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.dissection.findings import Article, DissectedPage, Finding, Listing

# In the order of the legend; each is a class of outline.css.
KINDS = ("title", "body", "question", "answer", "listing", "item", "credit", "date", "caption")
DATES = ("published_at", "modified_at")
LINES = re.compile(r"lines (\d+) to (\d+)")


@dataclass(frozen=True, slots=True)
class Region:
    """One thing that was found. It stands at `place` where that is known, else wherever `text` is printed."""

    kind: str  # one of KINDS
    name: str  # as the panel calls it: listing 2, answer 4
    value: str
    why: str = ""
    text: str | None = None
    place: str | None = None  # XPath, or lines of a text page
    within: str | None = None  # the name of the region that it stands in

    @property
    def line_span(self) -> tuple[int, int] | None:
        """First and last line of a text page, 1-based."""
        found = LINES.fullmatch(self.place or "")
        return (int(found[1]), int(found[2])) if found else None


def regions_of(page: DissectedPage) -> list[Region]:
    """Everything that can be pointed at. Listings come first, since nothing else is looked for inside them."""
    listings = [region for number, listing in enumerate(page.listings, 1) for region in _listing(number, listing)]
    article = page.article
    if article is None:
        return listings
    told = {finding.field: finding for finding in page.findings}
    credits = [Region("credit", c.role, c.name, f"printed: {c.as_printed}", text=c.as_printed) for c in page.credits]
    captions = [Region("caption", "caption", i.caption, i.url or "no image", text=i.caption) for i in page.images if i.caption]
    title = Region("title", "title", article.title, _why(told.get("title")), text=article.title)
    return [*listings, title, *_body(article, page), *credits, *captions, *_dates(told)]


def _listing(number: int, listing: Listing) -> Iterator[Region]:
    name = f"listing {number}"
    value = f"{listing.kind}: {listing.label or 'no label'}, {len(listing.items)} items"
    yield Region("listing", name, value, f"score {listing.score:.2f}: {listing.reason}; at {listing.place}", place=listing.place)
    for position, item in enumerate(listing.items, 1):
        beside = {
            "listed": f"{item.listed_at:%Y-%m-%d %H:%M} UTC, {item.listed_precision}, {item.listed_source}" if item.listed_at else None,
            "topic": item.topic,
            "comments": item.comment_count,
            "likes": item.like_count,
            "reads": item.read_count,
            "rank": item.rank,
        }
        why = " · ".join(f"{key} {value}" for key, value in beside.items() if value is not None)
        yield Region("item", f"{number}.{position}", item.headline, why, text=item.headline, within=name)


def _body(article: Article, page: DissectedPage) -> Iterator[Region]:
    """Paragraphs; one that belongs to a turn is named after it."""
    start = 0
    for number, line in enumerate(article.body.split("\n"), 1):
        end = start + len(line)
        turn = next((s for s in page.statements if s.start < end and s.end > start), None)
        if turn is None:
            yield Region("body", f"¶ {number}", line, text=line)
        else:
            speaker = " = ".join(part for part in (turn.speaker_label, turn.speaker) if part) or "no speaker named"
            yield Region(turn.kind, f"{turn.kind} {turn.turn}", line, speaker, text=line)
        start = end + 1


def _dates(told: dict[str, Finding]) -> Iterator[Region]:
    """Every candidate for a date that may stand on the page, with its verdict; what is told to machines alone stands nowhere."""
    for field in DATES:
        for candidate in told[field].candidates if field in told else ():
            if candidate.value:
                yield Region("date", field, candidate.value, f"{candidate.source}: {candidate.verdict}", text=candidate.value)


def _why(finding: Finding | None) -> str:
    if finding is None:
        return ""
    return f"{finding.source or 'nothing'}" + (f": {finding.reason}" if finding.reason else "")
