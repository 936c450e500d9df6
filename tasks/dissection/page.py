"""One page, dissected: whatever it was printed as, the same regions in one explicit order; a reason where it is no article."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tasks.dissection.about.classification import find_section, find_site_name, find_tags
from tasks.dissection.about.language import find_language
from tasks.dissection.about.seo_title import find_seo_title
from tasks.dissection.credits.page_credits import find_credits
from tasks.dissection.dates.observed_after import observed_after
from tasks.dissection.dates.published import PublishedDates, find_dates
from tasks.dissection.dialogue.statements import find_statements
from tasks.dissection.findings import Article, Credit, DissectedPage, Found, Listing, Statement
from tasks.dissection.listings.items.clock import ListingClock
from tasks.dissection.listings.items.read_listings import read_listings
from tasks.dissection.markup.outlet_zone import outlet_zone
from tasks.dissection.markup.page_locale import locale_of
from tasks.dissection.markup.parsed_page import PageEmpty, PageTooDeep, PageTooLarge, ParsedPage
from tasks.dissection.printed.as_lines import printed_as_lines
from tasks.dissection.printed.as_markup import printed_as_markup
from tasks.dissection.printed.printing import Printing
from tasks.dissection.words.zones import UTC as UTC_ZONE
from tasks.dissection.words.zones import Zone
from tasks.sources.page import Columns


@dataclass(slots=True)
class SoFar:
    """The values of the regions that have run, by their names in REGIONS; later ones read what earlier ones gave."""

    seo_title: str | None = None
    site_name: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    lang: str | None = None
    dates: PublishedDates = field(default_factory=PublishedDates)
    listings: tuple[Listing, ...] = ()
    observed_after: datetime | None = None
    credits: tuple[Credit, ...] = ()
    statements: tuple[Statement, ...] = ()


Region = Callable[[Printing, SoFar], Found[Any]]


def _seo_title(printed: Printing, _: SoFar) -> Found[str | None]:
    return find_seo_title(printed.page, printed.title)


def _site_name(printed: Printing, _: SoFar) -> Found[str | None]:
    return find_site_name(printed.page)


def _section(printed: Printing, _: SoFar) -> Found[str | None]:
    return find_section(printed.page)


def _tags(printed: Printing, _: SoFar) -> Found[tuple[str, ...]]:
    return find_tags(printed.page)


def _language(printed: Printing, _: SoFar) -> Found[str | None]:
    return find_language(printed.page, printed.body or None)


def _dates(printed: Printing, so_far: SoFar) -> Found[PublishedDates]:
    return find_dates(printed.page, printed.body or None, printed.listings, so_far.lang)


def _listings(printed: Printing, so_far: SoFar) -> Found[tuple[Listing, ...]]:
    return read_listings(printed.page, printed.listings, listing_clock(printed.page, so_far.dates, so_far.lang))


def _observed_after(printed: Printing, so_far: SoFar) -> Found[datetime | None]:
    return observed_after(printed.page, so_far.dates, so_far.listings, now=datetime.now(UTC))


def _credits(printed: Printing, so_far: SoFar) -> Found[tuple[Credit, ...]]:
    return find_credits(printed.page, printed.title, so_far.site_name, printed.body or None, printed.tail, printed.tree, printed.signed)


def _statements(printed: Printing, so_far: SoFar) -> Found[tuple[Statement, ...]]:
    return find_statements(printed.body, printed.emphasised, so_far.lang, printed.title, so_far.credits)


# Around the body of an article, in the order in which they run, whatever the page was printed as: what each gives, by name.
REGIONS: dict[str, Region] = {
    "seo_title": _seo_title,
    "site_name": _site_name,
    "section": _section,
    "tags": _tags,
    "lang": _language,
    "dates": _dates,
    "listings": _listings,
    "observed_after": _observed_after,
    "credits": _credits,
    "statements": _statements,
}


def listing_clock(page: ParsedPage, dates: PublishedDates, language: str | None) -> ListingClock:
    """What times beside listed headlines are read with: in the outlet's zone, else in that of the article's own date."""
    locale = locale_of(page)
    language = language or locale.language
    zone = outlet_zone(page, language)
    if zone == UTC_ZONE and dates.published_zone:  # nothing tells where the outlet is: better the offset it prints itself
        zone = Zone(dates.published_zone, "offset")
    return ListingClock(page.observed_at, dates.published_at, zone, language, locale.month_first)


def dissect_html(html: str, url: str | None, observed_at: datetime | None, columns: Columns = ()) -> DissectedPage:
    """Everything one HTML page gives. A page that is no article has a reason instead of an article; nothing is raised for it."""
    try:
        page = ParsedPage(html, url, observed_at, columns)
        found = _dissect(printed_as_markup(page))
    except PageEmpty as error:
        return DissectedPage(reason="not_article:empty_shell", detail=f"expected an HTML page with text, came none: {error}")
    except PageTooLarge as error:
        return DissectedPage(reason="page_too_large", detail=f"expected {error}")
    except (PageTooDeep, RecursionError) as error:
        return DissectedPage(reason="too_deep", detail=f"expected elements nested a few hundred deep, came more: {error}")
    url, source = page.canonical or (None, None)
    return replace(found, canonical_url=url, canonical_source=source, addresses=page.addresses)


def dissect_text(text: str, url: str | None, observed_at: datetime | None, columns: Columns = ()) -> DissectedPage:
    """The same of a page that comes as already extracted text."""
    return _dissect(printed_as_lines(text, url, observed_at, columns))


def _dissect(printed: Printing) -> DissectedPage:
    if printed.reason:
        lists = _listings(printed, SoFar(lang=find_language(printed.page, None).value)) if printed.listings else Found(())
        told = (*printed.findings, *lists.findings)
        return DissectedPage(reason=printed.reason, detail=printed.detail, listings=lists.value, findings=told)
    if not printed.title:
        detail = "expected a headline, came none in any place that has one"
        return DissectedPage(reason="no_title", detail=detail, findings=printed.findings)
    so_far, findings, flags = SoFar(), list(printed.findings), list(printed.flags)
    for name, region in REGIONS.items():
        found = region(printed, so_far)
        setattr(so_far, name, found.value)
        findings += found.findings
        flags += found.flags
    return DissectedPage(
        _article(printed, so_far, flags),
        credits=so_far.credits,
        images=printed.images,
        listings=so_far.listings,
        statements=so_far.statements,
        observed_after=so_far.observed_after,
        findings=tuple(findings),
    )


def _article(printed: Printing, so_far: SoFar, flags: list[str]) -> Article:
    dates = so_far.dates
    return Article(
        printed.title,
        printed.body,
        so_far.lang,
        so_far.site_name,
        so_far.section,
        so_far.tags,
        dates.published_at,
        dates.published_zone,
        dates.published_zone_source,
        dates.published_precision,
        dates.published_source,
        dates.modified_at,
        so_far.seo_title,
        quality_flags=tuple(dict.fromkeys(flags)),
    )
