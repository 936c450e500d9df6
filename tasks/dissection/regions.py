"""What dissection finds on a page: the article, its credits and images, and why each value is what it is."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place on the page that offers a value for a field, and what became of the offer."""

    source: str
    value: str | None
    verdict: str = "lost"  # won, agrees, lost, or why it was refused


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of core.evidence: one field, the value taken, the candidate that won, and all the others."""

    field: str
    value: str | None
    source: str | None
    reason: str | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    role: str  # one of warehouse.tables.contract.ROLES
    name: str
    as_printed: str


@dataclass(frozen=True, slots=True)
class Image:
    url: str
    caption: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The row of core.articles before it is shaped. Times are aware and in UTC."""

    title: str
    body: str
    lang: str | None = None
    site_name: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_zone: str | None = None
    published_zone_source: str | None = None
    published_precision: str | None = None
    published_source: str | None = None
    modified_at: datetime | None = None
    quality_flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DissectedPage:
    """Everything one page gave. `article` is None exactly where `reason` says why the page is no article."""

    article: Article | None = None
    reason: str | None = None  # not_article:front_page | list_page | error_page | empty_shell | too_short ...
    detail: str | None = None
    canonical_url: str | None = None  # absolute; rel=canonical, else og:url
    canonical_source: str | None = None  # canonical | og:url
    credits: tuple[Credit, ...] = ()
    images: tuple[Image, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
