"""Pages that come as already extracted text: only the shapes of lines are left to tell the article from the rest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import escape

from tasks.dissection.body.page_kind import LEAST_BODY
from tasks.dissection.body.paragraphs import article_paragraphs
from tasks.dissection.findings import Candidate, Finding, Image
from tasks.dissection.lines.article import article_span, title_line
from tasks.dissection.lines.front_matter import front_matter, meta_of
from tasks.dissection.lines.lines import Line, read_lines
from tasks.dissection.lines.listings import find_text_listings
from tasks.dissection.lines.story import StoryLines, sort_lines
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.printed.printing import Printing, length_flags
from tasks.dissection.words.columns import first_told
from tasks.dissection.words.furniture import LABEL_CHARS
from tasks.dissection.words.sentences import RUN_BYTES
from tasks.dissection.words.text import headline_key, storable
from tasks.sources.page import Columns

LIST_LINES = 10  # short lines from which a text without an article is a list


def printed_as_lines(text: str, url: str | None, observed_at: datetime | None, columns: Columns = ()) -> Printing:
    """The article of a text page and the listings in and under it.

    Its `page` is what stands above the body, so that dates and authors are read by the same rules as elsewhere, from `columns`,
    header lines and the address, never from listings.
    """
    stated, text = front_matter(storable(text))
    lines = read_lines(text)
    start, end = article_span(lines)
    title, titles = _titles(lines, start, url, stated, columns)
    printed = titles[0].value or "" if titles else ""
    story = sort_lines(lines, title, start, end)
    kept = article_paragraphs("\n".join(story.lines), [printed])
    kind, detail = _kind(lines, len(kept.text.encode("utf-8", "replace")))
    findings = (
        Finding("page_kind", kind, "line_shapes", detail),
        Finding("body", kept.text[:500] or None, "line_shapes", f"lines {start + 1} to {end} of {len(lines)}; {_dropped(kept.dropped)}"),
        _title_finding(titles),
    )
    page = ParsedPage(_header_html(printed, story.header, stated), url, observed_at, columns, is_text=True)
    if kind != "article":
        return Printing(page, findings, f"not_article:{kind}", detail)
    return Printing(
        page,
        (*findings, _captions_finding(story)),
        title=printed,
        body=kept.text,
        flags=length_flags(kept.text),
        listings=(*story.listings, *find_text_listings(lines[end:], printed)),
        images=tuple(Image(None, caption) for caption in dict.fromkeys(story.captions)),
        tail=tuple(story.tail),
    )


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
