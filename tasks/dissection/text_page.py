"""Pages that come as already extracted text: only the shapes of lines are left to tell the article from the rest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

from tasks.dissection.about.classification import find_section, find_site_name, find_tags
from tasks.dissection.about.language import find_language
from tasks.dissection.body.page_kind import LEAST_BODY, SHORT_BODY
from tasks.dissection.body.paragraphs import article_paragraphs
from tasks.dissection.credits.page_credits import find_credits
from tasks.dissection.dates.observed_after import observed_after
from tasks.dissection.dates.published import PublishedDates, find_dates
from tasks.dissection.dialogue.statements import find_statements
from tasks.dissection.findings import Article, Candidate, DissectedPage, Finding, Image, Listing
from tasks.dissection.lines.article import article_span, title_line
from tasks.dissection.lines.front_matter import front_matter, meta_of
from tasks.dissection.lines.lines import Line, read_lines
from tasks.dissection.lines.listings import find_text_listings
from tasks.dissection.lines.story import StoryLines, sort_lines
from tasks.dissection.listings.found import FoundListing
from tasks.dissection.listings.items.read_listings import read_listings
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.page import listing_clock
from tasks.dissection.words.columns import first_told
from tasks.dissection.words.furniture import LABEL_CHARS
from tasks.dissection.words.sentences import RUN_BYTES
from tasks.dissection.words.text import headline_key, storable
from tasks.sources.page import Columns

DATE_FIELDS = (
    "published_at", "published_zone", "published_zone_source", "published_precision", "published_source", "modified_at",
)  # fmt: skip
LIST_LINES = 10  # short lines from which a text without an article is a list


def dissect_text(text: str, url: str | None, observed_at: datetime | None, columns: Columns = ()) -> DissectedPage:
    """The article of a text page and the listings under it.

    Dates are taken from `columns`, from its header lines and its address, never from listings.
    """
    stated, text = front_matter(storable(text))
    lines = read_lines(text)
    start, end = article_span(lines)
    title, titles = _titles(lines, start, url, stated, columns)
    printed = titles[0].value or "" if titles else ""
    story = sort_lines(lines, title, start, end)
    kept = article_paragraphs("\n".join(story.lines), [printed])
    kind, detail = _kind(lines, len(kept.text.encode("utf-8", "replace")))
    findings = [
        Finding("page_kind", kind, "line_shapes", detail),
        Finding("body", kept.text[:500] or None, "line_shapes", f"lines {start + 1} to {end} of {len(lines)}; {_dropped(kept.dropped)}"),
        _title_finding(titles),
    ]
    if kind != "article" or not printed:
        reason = f"not_article:{kind}" if kind != "article" else "no_title"
        return DissectedPage(reason=reason, detail=detail, findings=tuple(findings))
    page = ParsedPage(_header_html(printed, story.header, stated), url, observed_at, columns, is_text=True)
    return _with_surroundings(page, printed, kept.text, story, (*story.listings, *find_text_listings(lines[end:], printed)), findings)


def _with_surroundings(
    page: ParsedPage, title: str, body: str, story: StoryLines, found: tuple[FoundListing, ...], findings: list[Finding]
) -> DissectedPage:
    """The article with what the lines around it tell; `page` holds its header lines and nothing else."""
    lang, by_text = find_language(page, body)
    dates = find_dates(page, body, found)
    site_name, by_site = find_site_name(page)
    (section, by_section), (tags, by_tags) = find_section(page), find_tags(page)
    credits, by_roles, credit_flags = find_credits(page, title, site_name, body, story.tail)
    listings, by_blocks = read_listings(page, found, listing_clock(page, dates, lang))
    after, by_proofs = (None, ()) if page.observed_at else _proved(page, dates, listings)
    statements, by_turns = find_statements(body, frozenset(), lang, title, credits)
    flags = [*dates.flags, *credit_flags]
    flags += ["no_author"] if not any(credit.role == "author" for credit in credits) else []
    flags += ["short_body"] if len(body.encode()) < SHORT_BODY else []
    fields = {name: getattr(dates, name) for name in DATE_FIELDS} | {"lang": lang, "site_name": site_name, "section": section, "tags": tags}
    article = Article(title=title, body=body, quality_flags=tuple(dict.fromkeys(flags)), **fields)
    return DissectedPage(
        article,
        credits=credits,
        images=tuple(Image(None, caption) for caption in dict.fromkeys(story.captions)),
        listings=listings,
        statements=statements,
        observed_after=after,
        findings=(
            *findings, by_text, by_site, by_section, by_tags, *dates.findings, *by_blocks, *by_proofs, *by_roles, _captions_finding(story),
            by_turns,
        ),
    )


def _proved(page: ParsedPage, dates: PublishedDates, listings: tuple[Listing, ...]) -> tuple[datetime | None, tuple[Finding, ...]]:
    after, finding = observed_after(page, dates, listings, now=datetime.now(UTC))
    return after, (finding,)


def _titles(
    lines: Sequence[Line], start: int, url: str | None, stated: dict[str, str], columns: Columns
) -> tuple[int | None, tuple[Candidate, ...]]:
    """(index of the line above the body that is the headline, candidates): front matter and columns, which were read off markup, win."""
    told = [("front_matter", stated.get("title")), *first_told(columns, "title")]
    named = next((value for _, value in told if value), None)
    index = title_line(lines, start, url)
    if named:  # a line that says the same is the headline; any other is what stands above one: the site, a section
        same = (number for number in range(start) if headline_key(lines[number].text) == headline_key(named))
        index = next(same, index if stated.get("title") else None)
    told += [] if index is None else [("line_above_body", lines[index].text)]
    return index, tuple(Candidate(source, value, "lost") for source, value in told if value)


def _title_finding(candidates: tuple[Candidate, ...]) -> Finding:
    if not candidates:
        return Finding("title", None, None, "no line above the body is one")
    first = replace(candidates[0], verdict="won")
    return Finding("title", first.value, first.source, None, (first, *candidates[1:]))


def _captions_finding(story: StoryLines) -> Finding:
    first = story.captions[0] if story.captions else None
    return Finding("images", first, "line_shapes" if first else "none", f"{len(story.captions)} captions, without their pictures")


def _kind(lines: Sequence[Line], size: int) -> tuple[str, str]:
    if size >= LEAST_BODY:
        return "article", f"{size} bytes of running text in {len(lines)} lines"
    short = sum(1 for line in lines if len(line.text) <= LABEL_CHARS and len(line.text.encode()) >= RUN_BYTES // 4)
    kind = "list_page" if short >= LIST_LINES else "too_short"
    return kind, f"expected at least {LEAST_BODY} bytes of running text, came {size} in {len(lines)} lines, {short} of them headlines"


def _dropped(counts: tuple[tuple[str, int], ...]) -> str:
    return "lines dropped: " + (", ".join(f"{count} {rule}" for rule, count in counts) or "none")


def _header_html(title: str, header: list[str], stated: dict[str, str]) -> str:
    """The headline and what stands under it as a page, so that dates and authors are read by the same rules as elsewhere."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in header)
    head = f"<head><title>{escape(title)}</title>{meta_of(stated)}</head>"
    return f"<html>{head}<body><article><h1>{escape(title)}</h1>{paragraphs}</article></body></html>"
