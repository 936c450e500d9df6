"""One page, dissected: whatever it was printed as, the same regions in one explicit order; a reason where it is no article."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tasks.dissection.about.classification import find_section, find_site_name, find_tags
from tasks.dissection.about.language import find_language
from tasks.dissection.credits.page_credits import find_credits
from tasks.dissection.dates.observed_after import observed_after
from tasks.dissection.dates.published import PublishedDates, find_dates
from tasks.dissection.dialogue.statements import find_statements
from tasks.dissection.findings import Article, Credit, DissectedPage, Finding, Listing, Statement
from tasks.dissection.listings.items.clock import ListingClock
from tasks.dissection.listings.items.read_listings import read_listings
from tasks.dissection.markup.outlet_zone import outlet_zone
from tasks.dissection.markup.page_locale import locale_of
from tasks.dissection.markup.parsed_page import PageEmpty, PageTooDeep, ParsedPage
from tasks.dissection.printed.as_lines import printed_as_lines
from tasks.dissection.printed.as_markup import printed_as_markup
from tasks.dissection.printed.printing import Printing
from tasks.dissection.words.zones import UTC as UTC_ZONE
from tasks.dissection.words.zones import Zone
from tasks.sources.page import Columns


@dataclass(slots=True)
class Draft:
    """What the regions have found so far; later ones read what earlier ones wrote."""

    printed: Printing
    fields: dict[str, Any] = field(default_factory=dict)  # of Article, except its title and body
    dates: PublishedDates = field(default_factory=PublishedDates)
    observed_after: datetime | None = None
    credits: tuple[Credit, ...] = ()
    listings: tuple[Listing, ...] = ()
    statements: tuple[Statement, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def page(self) -> ParsedPage:
        return self.printed.page

    @property
    def body(self) -> str | None:
        return self.printed.body or None

    def keep(self, name: str, found: tuple[Any, Finding]) -> None:
        self.fields[name], finding = found
        self.findings.append(finding)


def _site_name(draft: Draft) -> None:
    draft.keep("site_name", find_site_name(draft.page))


def _section(draft: Draft) -> None:
    draft.keep("section", find_section(draft.page))


def _tags(draft: Draft) -> None:
    draft.keep("tags", find_tags(draft.page))


def _language(draft: Draft) -> None:
    draft.keep("lang", find_language(draft.page, draft.body))


def _dates(draft: Draft) -> None:
    draft.dates = find_dates(draft.page, draft.body, draft.printed.listings)
    draft.findings.extend(draft.dates.findings)
    draft.flags.extend(draft.dates.flags)
    for name in DATE_FIELDS:
        draft.fields[name] = getattr(draft.dates, name)


def _listings(draft: Draft) -> None:
    clock = listing_clock(draft.page, draft.dates, draft.fields["lang"])
    draft.listings, findings = read_listings(draft.page, draft.printed.listings, clock)
    draft.findings.extend(findings)


def listing_clock(page: ParsedPage, dates: PublishedDates, language: str | None) -> ListingClock:
    """What times beside listed headlines are read with: in the outlet's zone, else in that of the article's own date."""
    locale = locale_of(page)
    language = language or locale.language
    zone = outlet_zone(page, language)
    if zone == UTC_ZONE and dates.published_zone:  # nothing tells where the outlet is: better the offset it prints itself
        zone = Zone(dates.published_zone, "offset")
    return ListingClock(page.observed_at, dates.published_at, zone, language, locale.month_first)


def _observed_after(draft: Draft) -> None:
    if draft.page.observed_at is None:
        draft.observed_after, finding = observed_after(draft.page, draft.dates, draft.listings, now=datetime.now(UTC))
        draft.findings.append(finding)


def _credits(draft: Draft) -> None:
    printed = draft.printed
    draft.credits, findings, flags = find_credits(
        printed.page, printed.title, draft.fields["site_name"], draft.body, printed.tail, printed.tree, printed.signed
    )
    draft.findings.extend(findings)
    draft.flags.extend(flags)
    if not any(credit.role == "author" for credit in draft.credits):
        draft.flags.append("no_author")


def _statements(draft: Draft) -> None:
    printed = draft.printed
    draft.statements, finding = find_statements(printed.body, printed.emphasised, draft.fields["lang"], printed.title, draft.credits)
    draft.findings.append(finding)


DATE_FIELDS = (
    "published_at", "published_zone", "published_zone_source", "published_precision", "published_source", "modified_at",
)  # fmt: skip
# Around the body of an article, in the order in which they run, whatever the page was printed as.
REGIONS: tuple[Callable[[Draft], None], ...] = (
    _site_name, _section, _tags, _language, _dates, _listings, _observed_after, _credits, _statements,
)  # fmt: skip


def dissect_html(html: str, url: str | None, observed_at: datetime | None, columns: Columns = ()) -> DissectedPage:
    """Everything one HTML page gives. A page that is no article has a reason instead of an article; nothing is raised for it."""
    try:
        page = ParsedPage(html, url, observed_at, columns)
        found = _dissect(printed_as_markup(page))
    except PageEmpty as error:
        return DissectedPage(reason="not_article:empty_shell", detail=f"expected an HTML page with text, came none: {error}")
    except (PageTooDeep, RecursionError) as error:
        return DissectedPage(reason="too_deep", detail=f"expected elements nested a few hundred deep, came more: {error}")
    url, source = page.canonical or (None, None)
    return replace(found, canonical_url=url, canonical_source=source, addresses=page.addresses)


def dissect_text(text: str, url: str | None, observed_at: datetime | None, columns: Columns = ()) -> DissectedPage:
    """The same of a page that comes as already extracted text."""
    return _dissect(printed_as_lines(text, url, observed_at, columns))


def _dissect(printed: Printing) -> DissectedPage:
    if printed.reason:
        return DissectedPage(reason=printed.reason, detail=printed.detail, findings=printed.findings)
    if not printed.title:
        detail = "expected a headline, came none in any place that has one"
        return DissectedPage(reason="no_title", detail=detail, findings=printed.findings)
    draft = Draft(printed, findings=list(printed.findings), flags=list(printed.flags))
    for region in REGIONS:
        region(draft)
    article = Article(printed.title, printed.body, quality_flags=tuple(dict.fromkeys(draft.flags)), **draft.fields)
    return DissectedPage(
        article,
        credits=draft.credits,
        images=printed.images,
        listings=draft.listings,
        statements=draft.statements,
        observed_after=draft.observed_after,
        findings=tuple(draft.findings),
    )
