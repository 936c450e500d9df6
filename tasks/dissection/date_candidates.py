"""Where pages state their dates, most trusted first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from tasks.dissection.date_text import Moment, moments_in, read_moment, states_impossible_date
from tasks.dissection.declared import article_nodes, texts_of
from tasks.dissection.headline import Piece, headline_area
from tasks.dissection.lexicon import words_of
from tasks.dissection.page_locale import Locale, locale_of
from tasks.dissection.parsed_page import ParsedPage, squeeze, text_of

# Read off the pages and the conventions of Open Graph, Dublin Core, Parse.ly, Cxense and Sailthru; most specific first.
PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "datepublished", "article:published", "og:published_time",
    "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "og:time", "og:release_date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "cxenseparse:recs:published_time", "dc.date.issued",
    "dcterms.created", "dc.date", "dcterms.date", "sailthru.date", "article_date_original", "date", "release_date",
    "firstpublished", "displaydate", "rnews:datepublished", "dcsext.articlefirstpublished", "weibo: article:create_at",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "lastupdate", "dateupdate", "dcterms.modified", "article:modified", "weibo: article:update_at", "og:modified_time",
    "revised", "modified", "last_updated_date",
)  # fmt: skip
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])(?:[/-]?)(0[1-9]|[12]\d|3[01])(?!\d)")
_STORY_CHARS = 60  # a date line is shorter; a longer run that the body holds too is a paragraph of the story
_LABEL_CHARS = 30  # a label such as "Aktualisiert am Dienstag, den" is shorter


@dataclass(frozen=True, slots=True)
class Dated:
    """One place and what it says; `moment` is None where that is no date anyone could mean."""

    source: str
    text: str
    moment: Moment | None
    refusal: str | None = None


def publication_candidates(page: ParsedPage, body: str | None) -> Iterator[Dated]:
    """Places that state the publication. Text around the headline is read only where machines are told no minute."""
    locale = locale_of(page)
    found = list(_machine(page, locale, ("datePublished", "dateCreated", "uploadDate"), PUBLISHED_META, "json_ld", "meta"))
    settled = _is_settled(found)
    found += _same_clock(page, locale, found) if settled else _time_elements(page, locale, changed=False)
    found += _url(page)
    yield from found
    if not _is_settled(found):
        yield from _visible(page, locale, body, changed=False)
        # Baidu's pubDate is when the page was last handed to Baidu: publication on some sites, the last change on others
        for node in article_nodes(page):
            yield from (_read("json_ld:pubDate", text, locale) for text in texts_of(node.get("pubDate")))


def modification_candidates(page: ParsedPage, body: str | None) -> Iterator[Dated]:
    """Places that state the last change."""
    locale = locale_of(page)
    found = list(_machine(page, locale, ("dateModified", "upDate"), MODIFIED_META, "json_ld", "meta"))
    yield from found
    if not found:
        found += (times := list(_time_elements(page, locale, changed=True)))
        yield from times
    if not found:
        yield from _visible(page, locale, body, changed=True)


def _is_settled(found: list[Dated]) -> bool:
    """Whether the first place that tells the day is joined by one that tells the minute of that day."""
    moments = [d.moment for d in found if d.moment]
    return bool(moments) and any(
        m.has_clock and not m.is_midnight and m.local.date() == moments[0].local.date() for m in moments
    )


def _machine(
    page: ParsedPage, locale: Locale, keys: tuple[str, ...], names: tuple[str, ...], json_source: str, meta_source: str
) -> Iterator[Dated]:
    for node in article_nodes(page):
        for key in keys:
            for text in texts_of(node.get(key)):
                yield _read(f"{json_source}:{key}", text, locale)
    for name in names:
        for text in page.meta.get(name, ())[:1]:
            yield _read(f"{meta_source}:{name}", text, locale)


def _read(source: str, text: str, locale: Locale) -> Dated:
    moment = read_moment(text, lang=locale.language, month_first=locale.month_first)
    if moment is None and states_impossible_date(text):
        return Dated(source, text, None, "refused: no such day, or a year no newspaper can mean")
    return Dated(source, text, moment, None if moment else "refused: not a date")


def _same_clock(page: ParsedPage, locale: Locale, found: list[Dated]) -> Iterator[Dated]:
    """<time> elements that print the same wall clock with an offset, where machines are told UTC: one of both is wrong."""
    first = next(d.moment for d in found if d.moment)
    if first.zone in ("UTC", "+00:00"):
        for element in page.tree.iter("time"):
            dated = _read("time", element.get("datetime") or "", locale)
            if dated.moment and dated.moment.zone and dated.moment.local.replace(second=0) == first.local.replace(second=0):
                yield dated


def _time_elements(page: ParsedPage, locale: Locale, *, changed: bool) -> Iterator[Dated]:
    """<time> elements of the article: near the headline, or marked as its date; others belong to listings and comments."""
    elements = list(page.tree.iter("time"))
    near = {id(piece.element) for piece in headline_area(page).pieces} if elements else set()
    for element in elements:
        prop = (element.get("itemprop") or "").lower()
        name = f"{prop} {element.get('class') or ''}".lower()
        is_marked = prop in ("datepublished", "datemodified", "datecreated") or element.get("pubdate") is not None
        shown = text_of(element)
        if _in_listing(element, shown) or not (is_marked or any(id(e) in near for e in element.iter())):
            continue
        label = f"{_text_before(element)} {shown}"[:_LABEL_CHARS]
        is_change = "modif" in name or "update" in name or _says_changed(label, len(label))
        if is_change is changed and (text := squeeze(element.get("datetime")) or shown):
            dated = _read("time", text, locale)
            if dated.moment:
                yield dated


def _width(text: str) -> int:
    """Length of a text, with Chinese, Japanese and Korean characters counted as the three letters they stand for."""
    return len(text) if text.isascii() else sum(3 if c > "\u2e7f" else 1 for c in text)


def _text_before(element: HtmlElement) -> str:
    """The run of text right before an element inside the same parent."""
    previous, parent = element.getprevious(), element.getparent()
    return squeeze(previous.tail if previous is not None else parent.text if parent is not None else "")


def _in_listing(element: HtmlElement, shown: str) -> bool:
    """Whether it dates another story: inside furniture, or inside a link or list entry that holds a headline as well."""
    for ancestor in element.iterancestors():
        if ancestor.tag in ("aside", "footer", "nav"):
            return True
        if ancestor.tag in ("a", "li") and _width(text_of(ancestor)) > _width(shown) + _LABEL_CHARS:
            return True
    return False


def _url(page: ParsedPage) -> Iterator[Dated]:
    for url in dict.fromkeys(u for u in (page.url, page.canonical[0] if page.canonical else None) if u):
        path = urlsplit(url).path
        if match := _URL_DAY.search(path):
            yield Dated("url", match[0], read_moment(f"{match[1]}-{match[2]}-{match[3]}"))
            return


def _visible(page: ParsedPage, locale: Locale, body: str | None, *, changed: bool) -> Iterator[Dated]:
    """Dates printed near the headline, those with a time of day first, nearest first."""
    pieces = tuple(p for p in headline_area(page).pieces if not (body and len(p.text) > _STORY_CHARS and p.text[:_STORY_CHARS] in body))
    found: list[tuple[tuple[bool, bool, int], Dated]] = []
    for text, distance in _lines(pieces):
        for moment in moments_in(text, lang=locale.language, month_first=locale.month_first):
            if _says_changed(text, moment.start) is changed:
                is_labelled = changed or _is_labelled(text, moment.start)
                shown = text[max(0, moment.start - _LABEL_CHARS) : moment.end]
                found.append(((not moment.has_clock, not is_labelled, abs(distance)), Dated("visible", shown, moment)))
    found.sort(key=lambda item: item[0])
    yield from (dated for _, dated in found[:4])


def _lines(pieces: tuple[Piece, ...]) -> Iterator[tuple[str, int]]:
    """Short pieces joined in page order: a date is often spread over several elements. Long ones are the story itself."""
    line: list[str] = []
    first = 0
    for piece in pieces:
        if len(piece.text) > 160:
            if line:
                yield " ".join(line), first
            line = []
            continue
        if not line or (first < 0) != (piece.distance < 0):
            if line:
                yield " ".join(line), first
            line, first = [], piece.distance
        line.append(piece.text)
    if line:
        yield " ".join(line), first


def _is_labelled(text: str, start: int) -> bool:
    """Whether the words right before a date call it the date of publication."""
    label = text[max(0, start - _LABEL_CHARS) : start].casefold()
    return any(word in label for word in words_of("times", "published"))


def _says_changed(text: str, start: int) -> bool:
    """Whether the words right before a date call it the date of a change."""
    label = text[max(0, start - _LABEL_CHARS) : start].casefold()
    changed = max((label.rfind(w) for w in words_of("times", "modified")), default=-1)
    return changed >= 0 and changed >= max((label.rfind(w) for w in words_of("times", "published")), default=-1)
