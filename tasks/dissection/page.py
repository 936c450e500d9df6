"""One page, dissected: every region in an explicit order, and a reason where the page is no article."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tasks.dissection.body import Body, find_body
from tasks.dissection.classification import find_section, find_site_name, find_tags
from tasks.dissection.credits import find_authors
from tasks.dissection.images import find_images
from tasks.dissection.language import find_language
from tasks.dissection.page_kind import SHORT_BODY, PageKind, find_page_kind
from tasks.dissection.parsed_page import PageEmpty, PageTooDeep, ParsedPage
from tasks.dissection.published import find_dates
from tasks.dissection.regions import Article, Credit, DissectedPage, Finding, Image
from tasks.dissection.title import find_title


@dataclass(slots=True)
class Draft:
    """What the regions have found so far; later ones read what earlier ones wrote."""

    page: ParsedPage
    body: Body | None = None
    kind: PageKind | None = None
    fields: dict[str, Any] = field(default_factory=dict)  # of Article, except its body
    credits: tuple[Credit, ...] = ()
    images: tuple[Image, ...] = ()
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
    dates = find_dates(draft.page, draft.text or None)
    draft.findings.extend(dates.findings)
    draft.flags.extend(dates.flags)
    for name in DATE_FIELDS:
        draft.fields[name] = getattr(dates, name)


def _credits(draft: Draft) -> None:
    draft.credits, finding = find_authors(draft.page, draft.fields.get("title"), draft.fields.get("site_name"), draft.text or None)
    draft.findings.append(finding)
    if not draft.credits:
        draft.flags.append("no_author")


def _images(draft: Draft) -> None:
    assert draft.body is not None  # REGIONS puts the body first
    draft.images, finding = find_images(draft.page, draft.body.pruned)
    draft.findings.append(finding)


DATE_FIELDS = (
    "published_at", "published_zone", "published_zone_source", "published_precision", "published_source", "modified_at",
)  # fmt: skip
# In the order in which they run. A page that is no article is left alone after page_kind.
REGIONS: tuple[Callable[[Draft], None], ...] = (
    _body, _page_kind, _title, _site_name, _section, _tags, _language, _dates, _credits, _images,
)  # fmt: skip


def dissect_html(html: str, url: str | None, observed_at: datetime | None) -> DissectedPage:
    """Everything one HTML page gives. A page that is no article has a reason instead of an article; nothing is raised for it."""
    try:
        page = ParsedPage(html, url, observed_at)
        draft = _dissect(page)
    except PageEmpty as error:
        return DissectedPage(reason="not_article:empty_shell", detail=f"expected an HTML page with text, came none: {error}")
    except (PageTooDeep, RecursionError) as error:
        return DissectedPage(reason="too_deep", detail=f"expected elements nested a few hundred deep, came more: {error}")
    url, source = page.canonical or (None, None)
    return replace(_result(draft), canonical_url=url, canonical_source=source)


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
    return DissectedPage(article, credits=draft.credits, images=draft.images, findings=findings)


def _keep(draft: Draft, name: str, found: tuple[Any, Finding]) -> None:
    draft.fields[name], finding = found
    draft.findings.append(finding)
