"""One page, dissected: every region in an explicit order, and a reason where the page is no article."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tasks.dissection.body import Body, find_body
from tasks.dissection.parsed_page import PageEmpty, ParsedPage, squeeze
from tasks.dissection.regions import Article, Credit, DissectedPage, Finding, Image


@dataclass(slots=True)
class Draft:
    """What regions have found so far; later regions read what earlier ones wrote."""

    page: ParsedPage
    fields: dict[str, Any] = field(default_factory=dict)  # of Article
    body: Body | None = None
    credits: tuple[Credit, ...] = ()
    images: tuple[Image, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


def _body(draft: Draft) -> None:
    draft.body = find_body(draft.page)
    draft.findings.append(draft.body.finding)


def _title(draft: Draft) -> None:
    draft.fields["title"] = squeeze(draft.page.first_meta("og:title") or draft.page.tree.findtext(".//title")) or None


REGIONS: tuple[Callable[[Draft], None], ...] = (_title, _body)


def dissect_html(html: str, url: str | None, observed_at: datetime | None) -> DissectedPage:
    """Everything one HTML page gives. A page that is no article has a reason instead of an article."""
    try:
        page = ParsedPage(html, url, observed_at)
    except PageEmpty as error:
        return DissectedPage(reason="not_article:empty_shell", detail=f"expected HTML with text, came none: {error}")
    draft = Draft(page)
    for region in REGIONS:
        region(draft)
    canonical_url, canonical_source = page.canonical or (None, None)
    text = draft.body.text if draft.body else ""
    if not text:
        return DissectedPage(
            reason="not_article:too_short", canonical_url=canonical_url, canonical_source=canonical_source,
            findings=tuple(draft.findings),
        )
    return DissectedPage(
        article=Article(body=text, quality_flags=tuple(draft.flags), **(draft.fields | {"title": draft.fields.get("title") or text[:80]})),
        canonical_url=canonical_url, canonical_source=canonical_source, credits=draft.credits, images=draft.images,
        findings=tuple(draft.findings),
    )
