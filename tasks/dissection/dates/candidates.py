"""Every place on a page that states a date of its article, most trusted first. All of them are kept, whichever wins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC

from lxml.html import HtmlElement

from tasks.dissection.dates.column_dates import column_dates
from tasks.dissection.dates.places import Surroundings
from tasks.dissection.dates.visible_dates import Shown, shown_dates, told_dates
from tasks.dissection.markup.declared import article_nodes, texts_of
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.page_locale import Locale, locale_of
from tasks.dissection.markup.parsed_page import ParsedPage, text_of
from tasks.dissection.words.date_labels import LABEL_CHARS, label_before
from tasks.dissection.words.dates import Moment, read_moment, states_impossible_date
from tasks.dissection.words.partial_dates import PartialDay
from tasks.dissection.words.text import squeeze, width
from tasks.dissection.words.web_address import split_url
from tasks.dissection.words.zones import zone_info

# Read off the pages, the conventions of Open Graph, Dublin Core, Highwire, Parse.ly, Cxense and Sailthru, and htmldate 1.9's
# DATE_ATTRIBUTES; most specific first.
PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "datepublished", "article:published", "og:published_time",
    "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "publication-date", "published_time",
    "publish_time", "publishtime", "published_date", "published-date", "date_published", "og:pubdate", "bt:pubdate", "og:time",
    "og:release_date", "vr:published_time", "article:post_date", "article_date", "pub_date", "ptime",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "cxenseparse:recs:published_time", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "sailthru.date", "article_date_original", "citation_date",
    "citation_publication_date", "date", "release_date", "firstpublished", "displaydate", "rnews:datepublished",
    "originalpublicationdate", "mediator_published_time", "content_create_date",
    "dcsext.articlefirstpublished", "weibo: article:create_at",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "lastmodified", "lastupdate", "dateupdate", "dcterms.modified", "dc.date.modified", "article:modified",
    "weibo: article:update_at", "og:modified_time", "revised", "modified", "last_updated_date", "article:updated_time",
    "bt:moddate", "modified_time", "moddate", "mediator_updated_time",
)  # fmt: skip
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])(?:[/-]?)(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_WORD_DAY = re.compile(r"/((?:19|20)\d{2})/([a-z]{3,9})/(\d{1,2})(?=/)")
MOST_TIMES = 8  # <time> elements that are the article's; more of them are the entries of a live page
_MARKS = ("datepublished", "datemodified", "datecreated")


@dataclass(frozen=True, slots=True)
class Dated:
    """One place and what it says. Without `moment` it is no date anyone could mean, or `day` is one without a year."""

    source: str
    text: str
    moment: Moment | None
    refusal: str | None = None
    day: PartialDay | None = None
    is_apart: bool = False  # it may be the day of the reader
    is_stated: bool = True  # the place says that it is a date of the article: an impossible one is a fault of the page


@dataclass(slots=True)
class Gathered:
    """Every candidate of a page. `told` are the story's own days, which are never the article's."""

    published: list[Dated] = field(default_factory=list)
    modified: list[Dated] = field(default_factory=list)
    told: list[Dated] = field(default_factory=list)


def gather_dates(page: ParsedPage, body: str | None) -> Gathered:
    """All places that state a date. `body` is the article's text where known: dates printed inside it are the story's."""
    locale = locale_of(page)
    found = Gathered(
        published=list(_machine(page, locale, ("datePublished", "dateCreated", "uploadDate"), PUBLISHED_META)),
        modified=list(_machine(page, locale, ("dateModified", "upDate"), MODIFIED_META)),
    )
    columns = [_dated_column(page, body, field) for field in ("published_at", "modified_at")]
    found.published += columns[0] if page.is_text else ()
    _add_times(found, page, locale)
    found.published += _url(page)
    shown = shown_dates(page, locale, body)
    found.published += [_dated("visible", s) for s in shown if s.label not in ("modified", "as_of")]
    found.modified += [_dated("visible", s) for s in shown if s.label == "modified"]
    # "Stand: 3.5.2024" alone is when an article appeared, beside another date when it was changed
    as_of = [_dated("visible:as_of", s) for s in shown if s.label == "as_of"]
    found.published += as_of
    found.modified += as_of
    # Baidu's pubDate is when the page was last handed to Baidu: publication on some sites, the last change on others
    for node in article_nodes(page):
        found.published += [_read("json_ld:pubDate", text, locale) for text in texts_of(node.get("pubDate"))]
    found.published += () if page.is_text else columns[0]
    found.modified += columns[1]
    found.told = [_dated("text", s) for s in told_dates(body, locale)]
    return found


def _machine(page: ParsedPage, locale: Locale, keys: tuple[str, ...], names: tuple[str, ...]) -> Iterator[Dated]:
    for node in article_nodes(page):
        for key in keys:
            for text in texts_of(node.get(key)):
                yield _read(f"json_ld:{key}", text, locale)
    for name in names:
        if name in page.meta:
            yield _read(f"meta:{name}", page.meta[name][0], locale)


def _read(source: str, text: str, locale: Locale) -> Dated:
    moment = read_moment(text, lang=locale.language, month_first=locale.month_first)
    if moment is None and states_impossible_date(text):
        return Dated(source, text, None, "refused: no such day, or a year no newspaper can mean")
    return Dated(source, text, moment, None if moment else "refused: not a date", is_stated=moment is not None)


def _dated_column(page: ParsedPage, body: str | None, field: str) -> list[Dated]:
    return [_read(source, text, locale) for source, text, locale in column_dates(page, body, field)]


def _dated(source: str, shown: Shown) -> Dated:
    is_stated = source != "text" and shown.refusal is None and shown.label is not None
    return Dated(source, shown.text, shown.moment, shown.refusal, shown.day, shown.is_apart, is_stated)


def _add_times(found: Gathered, page: ParsedPage, locale: Locale) -> None:
    """<time> elements of the article: near the headline, or marked as its date; others belong to listings and comments."""
    elements = list(page.tree.iter("time"))
    if not elements:
        return
    area = headline_area(page)
    around = Surroundings.of(area.heading)
    near = {piece.element: piece.distance for piece in area.pieces}
    first = next((d.moment for d in found.published if d.moment), None)
    twin_of = first if first and first.zone in ("UTC", "+00:00") else None
    count = 0
    for element in elements:
        distance = next((near[e] for e in element.iter() if e in near), None)
        prop = (element.get("itemprop") or "").lower()
        is_known = distance is not None or prop in _MARKS or element.get("pubdate") is not None
        if not (is_known or twin_of):
            continue
        dated = _read("time", squeeze(element.get("datetime")) or text_of(element), locale)
        if dated.moment is None or not (is_known or _is_twin(dated.moment, twin_of)):
            continue
        is_above = distance is not None and distance < 0
        if _in_listing(element) or around.refusal_of(element, is_above=is_above) or (is_above and around.is_apart(element)):
            continue
        (found.modified if _is_change(element, prop) else found.published).append(dated)
        if (count := count + 1) == MOST_TIMES:
            return


def _is_twin(moment: Moment, told: Moment | None) -> bool:
    """Whether an element anywhere tells with an offset what machines are told as UTC: the instant, or its clock, so that one is wrong."""
    if told is None or moment.zone is None:
        return False
    instant = moment.local.replace(tzinfo=zone_info(moment.zone)).astimezone(UTC).replace(tzinfo=None)
    return told.local.replace(second=0) in (moment.local.replace(second=0), instant.replace(second=0))


def _is_change(element: HtmlElement, prop: str) -> bool:
    """By its property, its class, or the words before and in it. A class of both (published updated) is of publication."""
    names = f"{prop} {element.get('class') or ''}".lower()
    if "publish" in names or prop == "datecreated":
        return False
    label = f"{_text_before(element)} {text_of(element)}"[:LABEL_CHARS]
    return "modif" in names or "update" in names or label_before(label, len(label)) == "modified"


def _text_before(element: HtmlElement) -> str:
    """The run of text right before an element inside the same parent."""
    previous, parent = element.getprevious(), element.getparent()
    return squeeze(previous.tail if previous is not None else parent.text if parent is not None else "")


def _in_listing(element: HtmlElement) -> bool:
    """Whether it dates another story: inside furniture, or inside a link or list entry that holds a headline as well."""
    shown = width(text_of(element))
    for ancestor in element.iterancestors():
        if ancestor.tag in ("aside", "footer", "nav"):
            return True
        if ancestor.tag in ("a", "li") and width(text_of(ancestor)) > shown + LABEL_CHARS:
            return True
    return False


def _url(page: ParsedPage) -> Iterator[Dated]:
    for url in dict.fromkeys(u for u in (page.url, page.canonical[0] if page.canonical else None) if u):
        path = split_url(url).path
        if match := _URL_DAY.search(path):
            yield Dated("url", match[0], read_moment(f"{match[1]}-{match[2]}-{match[3]}"))
            return
        if match := _URL_WORD_DAY.search(path):
            yield Dated("url", match[0], read_moment(f"{match[3]} {match[2]} {match[1]}"))
            return
