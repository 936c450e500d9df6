"""Every place on a page that states a date of its article, most trusted first. All of them are kept, whichever wins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.dissection.dates.column_dates import column_dates
from tasks.dissection.dates.dated import Dated, read_dated
from tasks.dissection.dates.dated_elements import dated_elements
from tasks.dissection.dates.visible_dates import Shown, shown_dates, told_dates
from tasks.dissection.markup.declared import article_nodes, texts_of
from tasks.dissection.markup.page_locale import Locale
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.dates import read_moment
from tasks.dissection.words.web_address import split_url

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
_URL_SHORT_DAY = re.compile(r"/((?:19|20)\d{2})/(1[0-2]|[1-9])/([12]\d|3[01]|[1-9])(?=/|$)")
_URL_WORD_DAY = re.compile(r"/((?:19|20)\d{2})/([a-z]{3,9})/(\d{1,2})(?=/)")


@dataclass(slots=True)
class Gathered:
    """Every candidate of a page. `told` are the story's own days, which are never the article's."""

    published: list[Dated] = field(default_factory=list)
    modified: list[Dated] = field(default_factory=list)
    told: list[Dated] = field(default_factory=list)


def gather_dates(page: ParsedPage, body: str | None, locale: Locale) -> Gathered:
    """All places that state a date. `body` is the article's text where known: dates printed inside it are the story's."""
    found = Gathered(
        published=list(_machine(page, locale, ("datePublished", "dateCreated", "uploadDate"), PUBLISHED_META)),
        modified=list(_machine(page, locale, ("dateModified", "upDate"), MODIFIED_META)),
    )
    columns = [_dated_column(page, body, field) for field in ("published_at", "modified_at")]
    found.published += columns[0] if page.is_text else ()
    _add_elements(found, page, locale)
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
        found.published += [read_dated("json_ld:pubDate", text, locale) for text in texts_of(node.get("pubDate"))]
    found.published += () if page.is_text else columns[0]
    found.modified += columns[1]
    found.told = [_dated("text", s) for s in told_dates(body, locale)]
    return found


def _machine(page: ParsedPage, locale: Locale, keys: tuple[str, ...], names: tuple[str, ...]) -> Iterator[Dated]:
    for node in article_nodes(page):
        for key in keys:
            for text in texts_of(node.get(key)):
                yield read_dated(f"json_ld:{key}", text, locale)
    for name in names:
        if name in page.meta:
            yield read_dated(f"meta:{name}", page.meta[name][0], locale)


def _dated_column(page: ParsedPage, body: str | None, field: str) -> list[Dated]:
    return [read_dated(source, text, locale) for source, text, locale in column_dates(page, body, field)]


def _dated(source: str, shown: Shown) -> Dated:
    is_stated = source != "text" and shown.refusal is None and shown.label is not None
    return Dated(source, shown.text, shown.moment, shown.refusal, shown.day, shown.is_apart, is_stated)


def _add_elements(found: Gathered, page: ParsedPage, locale: Locale) -> None:
    told = [d.moment for d in found.published if d.moment]
    in_utc = told[0] if told and told[0].zone in ("UTC", "+00:00") else None
    is_settled = any(moment.has_clock and not moment.is_midnight for moment in told)
    for dated, is_change in dated_elements(page, locale, in_utc, is_settled=is_settled):
        (found.modified if is_change else found.published).append(dated)


def _url(page: ParsedPage) -> Iterator[Dated]:
    for url in dict.fromkeys(u for u in (page.url, page.canonical[0] if page.canonical else None) if u):
        path = split_url(url).path
        if match := _URL_DAY.search(path) or _URL_SHORT_DAY.search(path):
            yield Dated("url", match[0], read_moment(f"{match[1]}-{match[2]}-{match[3]}"))
            return
        if match := _URL_WORD_DAY.search(path):
            yield Dated("url", match[0], read_moment(f"{match[3]} {match[2]} {match[1]}"))
            return
