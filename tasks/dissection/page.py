"""One page, dissected: every region in an explicit order, and a reason where the page is no article."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tasks.dissection.about.classification import find_section, find_site_name, find_tags
from tasks.dissection.about.language import find_language
from tasks.dissection.about.title import find_title
from tasks.dissection.body.find_body import Body, find_body
from tasks.dissection.body.page_kind import SHORT_BODY, PageKind, find_page_kind
from tasks.dissection.credits.page_credits import find_credits
from tasks.dissection.dates.observed_after import observed_after
from tasks.dissection.dates.published import PublishedDates, find_dates
from tasks.dissection.dialogue.statements import find_statements
from tasks.dissection.findings import Article, Credit, DissectedPage, Finding, Image, Listing, Statement
from tasks.dissection.listings.items.details import ListingClock
from tasks.dissection.listings.items.read_listings import read_listings
from tasks.dissection.markup.outlet_zone import outlet_zone
from tasks.dissection.markup.page_locale import locale_of
from tasks.dissection.markup.parsed_page import PageEmpty, PageTooDeep, ParsedPage
from tasks.dissection.pictures.images import find_images
from tasks.dissection.words.zones import UTC as UTC_ZONE
from tasks.dissection.words.zones import Zone
from tasks.sources.page import Columns


@dataclass(slots=True)
class Draft:
    """What the regions have found so far; later ones read what earlier ones wrote."""

    page: ParsedPage
    body: Body | None = None
    kind: PageKind | None = None
    fields: dict[str, Any] = field(default_factory=dict)  # of Article, except its body
    dates: PublishedDates = field(default_factory=PublishedDates)
    observed_after: datetime | None = None
    credits: tuple[Credit, ...] = ()
    images: tuple[Image, ...] = ()
    listings: tuple[Listing, ...] = ()
    statements: tuple[Statement, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.text if self.body else ""


def _body(draft: Draft) -> None:
    draft.body = find_body(draft.page)
    draft.findings.append(draft.body.finding)
    if draft.body.mode != "page":
        draft.flags.append("body_fallback")
    if len(draft.text.encode("utf-8", "replace")) < SHORT_BODY:
        draft.flags.append("short_body")


def _page_kind(draft: Draft) -> None:
    assert draft.body is not None  # REGIONS puts the body first
    draft.kind = find_page_kind(draft.page, draft.body.pruned.shape, draft.text)
    draft.findings.append(draft.kind.finding)


def _title(draft: Draft) -> None:
    _keep(draft, "title", find_title(draft.page))


def _site_name(draft: Draft) -> None:
    _keep(draft, "site_name", find_site_name(draft.page))


def _section(draft: Draft) -> None:
    _keep(draft, "section", find_section(draft.page))


def _tags(draft: Draft) -> None:
    _keep(draft, "tags", find_tags(draft.page))


def _language(draft: Draft) -> None:
    _keep(draft, "lang", find_language(draft.page, draft.text or None))


def _dates(draft: Draft) -> None:
    assert draft.body is not None  # REGIONS puts the body first
    draft.dates = find_dates(draft.page, draft.text or None, draft.body.listings)
    draft.findings.extend(draft.dates.findings)
    draft.flags.extend(draft.dates.flags)
    for name in DATE_FIELDS:
        draft.fields[name] = getattr(draft.dates, name)


def _listings(draft: Draft) -> None:
    assert draft.body is not None  # REGIONS puts the body first
    clock = listing_clock(draft.page, draft.dates, draft.fields["lang"])
    draft.listings, findings = read_listings(draft.page, draft.body.listings, clock)
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
    assert draft.body is not None  # REGIONS puts the body first
    title, site_name = draft.fields["title"], draft.fields["site_name"]
    draft.credits, findings, flags = find_credits(
        draft.page, title, site_name, draft.text or None, tree=draft.body.pruned.tree, signed=draft.body.signed
    )
    draft.findings.extend(findings)
    draft.flags.extend(flags)
    if not any(credit.role == "author" for credit in draft.credits):
        draft.flags.append("no_author")


def _images(draft: Draft) -> None:
    assert draft.body is not None  # REGIONS puts the body first
    draft.images, finding = find_images(draft.page, draft.body.pictures)
    draft.findings.append(finding)


def _statements(draft: Draft) -> None:
    assert draft.body is not None  # REGIONS puts the body first
    fields = draft.fields
    draft.statements, finding = find_statements(draft.text, draft.body.emphasised, fields["lang"], fields["title"] or "", draft.credits)
    draft.findings.append(finding)


DATE_FIELDS = (
    "published_at", "published_zone", "published_zone_source", "published_precision", "published_source", "modified_at",
)  # fmt: skip
# In the order in which they run. A page that is no article is left alone after page_kind.
REGIONS: tuple[Callable[[Draft], None], ...] = (
    _body, _page_kind, _title, _site_name, _section, _tags, _language, _dates, _listings, _observed_after,
    _credits, _images, _statements,
)  # fmt: skip


def dissect_html(html: str, url: str | None, observed_at: datetime | None, columns: Columns = ()) -> DissectedPage:
    """Everything one HTML page gives. A page that is no article has a reason instead of an article; nothing is raised for it."""
    try:
        page = ParsedPage(html, url, observed_at, columns)
        draft = _dissect(page)
    except PageEmpty as error:
        return DissectedPage(reason="not_article:empty_shell", detail=f"expected an HTML page with text, came none: {error}")
    except (PageTooDeep, RecursionError) as error:
        return DissectedPage(reason="too_deep", detail=f"expected elements nested a few hundred deep, came more: {error}")
    url, source = page.canonical or (None, None)
    return replace(_result(draft), canonical_url=url, canonical_source=source, addresses=page.addresses)


def _dissect(page: ParsedPage) -> Draft:
    draft = Draft(page)
    for region in REGIONS:
        region(draft)
        if draft.kind is not None and draft.kind.reason:
            break
    return draft


def _result(draft: Draft) -> DissectedPage:
    findings = tuple(draft.findings)
    if draft.kind is not None and draft.kind.reason:
        return DissectedPage(reason=draft.kind.reason, detail=draft.kind.detail, findings=findings)
    if not draft.fields.get("title"):
        return DissectedPage(reason="no_title", detail="expected a headline, came none in any place that has one", findings=findings)
    article = Article(body=draft.text, quality_flags=tuple(dict.fromkeys(draft.flags)), **draft.fields)
    return DissectedPage(
        article,
        credits=draft.credits,
        images=draft.images,
        listings=draft.listings,
        statements=draft.statements,
        observed_after=draft.observed_after,
        findings=findings,
    )


def _keep(draft: Draft, name: str, found: tuple[Any, Finding]) -> None:
    draft.fields[name], finding = found
    draft.findings.append(finding)
