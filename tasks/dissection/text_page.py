"""Pages that come as already extracted text: only the shapes of lines are left to tell the article from the rest."""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from tasks.dissection.credits import find_authors
from tasks.dissection.furniture import LABEL_CHARS, fold, kind_of
from tasks.dissection.language import find_language
from tasks.dissection.measures import RUN_BYTES
from tasks.dissection.page_kind import LEAST_BODY, SHORT_BODY
from tasks.dissection.paragraphs import article_paragraphs, is_dateline, is_running
from tasks.dissection.parsed_page import ParsedPage, storable
from tasks.dissection.published import find_dates
from tasks.dissection.regions import Article, Candidate, DissectedPage, Finding

MOST_GAP = 4  # lines that are no running text between two paragraphs of one article: subheads, captions, questions
MOST_HEADER = 8  # lines between a headline and the first paragraph: byline, date, section
TITLE_CHARS = range(4, 300)  # longest real headline in the pages is 214
LIST_LINES = 10  # short lines from which a text without an article is a list
_BARE = "-–—•·*|>» \t\u3000\ufeff\u200b\ufffd"


def dissect_text(text: str, url: str | None, observed_at: datetime | None) -> DissectedPage:
    """The article of a text page. Dates are taken only from its header lines and its address, never from listings below it."""
    lines = [line for raw in storable(text).splitlines() if (line := raw.strip().lstrip(_BARE).rstrip())]
    start, end = _article_span(lines)
    title = _title_line(lines, start)
    header = lines[max(0, start - MOST_HEADER) if title is None else title + 1 : start]
    printed = "" if title is None else lines[title]
    kept = article_paragraphs("\n".join(lines[start:end]), [printed])
    size = len(kept.text.encode("utf-8", "replace"))
    kind, detail = _kind(lines, size)
    findings = [
        Finding("page_kind", kind, "line_shapes", detail),
        Finding("body", kept.text[:500] or None, "line_shapes", f"lines {start + 1} to {end} of {len(lines)}; {_dropped(kept.dropped)}"),
        Finding("title", printed or None, "line_above_body", None, (Candidate("line_above_body", printed or None, "won"),)),
    ]
    if kind != "article" or not printed:
        reason = f"not_article:{kind}" if kind != "article" else "no_title"
        return DissectedPage(reason=reason, detail=detail, findings=tuple(findings))
    return _with_header(printed, kept.text, findings, ParsedPage(_header_html(printed, header), url, observed_at))


def _with_header(title: str, body: str, findings: list[Finding], page: ParsedPage) -> DissectedPage:
    """The article with what its header lines tell: date, authors; `page` holds these lines and nothing else."""
    lang, by_text = find_language(page, body)
    dates = find_dates(page, None)
    credits, by_lines = find_authors(page, title, None)
    flags = [*dates.flags, *(["no_author"] if not credits else []), *(["short_body"] if len(body.encode()) < SHORT_BODY else [])]
    article = Article(
        title=title,
        body=body,
        lang=lang,
        published_at=dates.published_at,
        published_zone=dates.published_zone,
        published_zone_source=dates.published_zone_source,
        published_precision=dates.published_precision,
        published_source=dates.published_source,
        modified_at=dates.modified_at,
        quality_flags=tuple(dict.fromkeys(flags)),
    )
    return DissectedPage(article, credits=credits, findings=(*findings, by_text, *dates.findings, by_lines))


def _article_span(lines: list[str]) -> tuple[int, int]:
    """(first, behind the last) line of the cluster that holds the most running text; (0, 0) where there is none."""
    best, most = (0, 0), 0
    for start, end in _clusters(lines):
        size = sum(len(line.encode("utf-8", "replace")) for line in lines[start:end] if is_running(line))
        if size > most:
            best, most = (start, end), size
    return best


def _clusters(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Stretches from one running line to the last that follows without a wide gap, a listing label or a closing line."""
    start = last = -1
    for index, line in enumerate(lines):
        if start >= 0 and (index - last > MOST_GAP or _ends(line)):
            yield start, last + 1
            start = -1
        if is_running(line) and not _ends(line):
            start, last = (index if start < 0 else start), index
    if start >= 0:
        yield start, last + 1


def _ends(line: str) -> bool:
    return kind_of(line) in ("listing_label", "closing", "credit")


def _title_line(lines: list[str], start: int) -> int | None:
    """Index of the headline above the body: one that the first line, mostly the page's <title>, repeats; else the longest."""
    above = range(max(0, start - MOST_HEADER), start)
    headlines = [i for i in above if len(lines[i]) in TITLE_CHARS and not is_dateline(lines[i]) and kind_of(lines[i]) is None]
    first = fold(lines[0]) if lines else ""
    agreeing = [i for i in headlines if i > 0 and len(fold(lines[i])) >= 8 and fold(lines[i]) in first]
    if agreeing:
        return agreeing[-1]
    return max(headlines, key=lambda i: len(lines[i]), default=0 if start > 0 and len(lines[0]) in TITLE_CHARS else None)


def _kind(lines: list[str], size: int) -> tuple[str, str]:
    if size >= LEAST_BODY:
        return "article", f"{size} bytes of running text in {len(lines)} lines"
    short = sum(1 for line in lines if len(line) <= LABEL_CHARS and len(line.encode()) >= RUN_BYTES // 4)
    kind = "list_page" if short >= LIST_LINES else "too_short"
    return kind, f"expected at least {LEAST_BODY} bytes of running text, came {size} in {len(lines)} lines, {short} of them headlines"


def _dropped(counts: tuple[tuple[str, int], ...]) -> str:
    return "lines dropped: " + (", ".join(f"{count} {rule}" for rule, count in counts) or "none")


def _header_html(title: str, header: list[str]) -> str:
    """The headline and what stands under it as a page, so that dates and authors are read by the same rules as elsewhere."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in header)
    return f"<html><head><title>{escape(title)}</title></head><body><article><h1>{escape(title)}</h1>{paragraphs}</article></body></html>"
