"""What dissection finds on a page: the article, what stands around it, and why each value is what it is."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from tasks.restoration.placing import PlacedRepair

LISTING_FIELD = "listing_"  # listing_1, listing_2 ...
T = TypeVar("T")


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
class Found(Generic[T]):
    """What every region gives: a value, why it is that one, and what is doubtful about it."""

    value: T
    findings: tuple[Finding, ...] = ()
    flags: tuple[str, ...] = ()  # of core.articles.quality_flags

    @property
    def finding(self) -> Finding:
        """The first, of a region that has one."""
        return self.findings[0]


@dataclass(frozen=True, slots=True)
class Credit:
    role: str  # one of warehouse.tables.contract.ROLES
    name: str
    as_printed: str


@dataclass(frozen=True, slots=True)
class Image:
    url: str | None  # None: a caption of a text page, which has no addresses
    caption: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class ListingItem:
    """One story that a listing points to, as it is printed there. Times are aware and in UTC."""

    headline: str
    url: str | None = None  # absolute
    listed_at: datetime | None = None
    listed_zone: str | None = None  # IANA name or offset, as in Article.published_zone
    listed_precision: str | None = None  # minute | hour | day | month
    listed_source: str | None = None  # machine | printed | relative | completed: how the instant was told
    listed_text: str | None = None  # as printed
    topic: str | None = None
    comment_count: int | None = None
    like_count: int | None = None
    read_count: int | None = None
    rank: int | None = None  # as printed


@dataclass(frozen=True, slots=True)
class Listing:
    """A block of links to other stories, its items in page order."""

    kind: str  # one of warehouse.tables.contract.LISTING_KINDS
    label: str | None  # as shown; None where nothing heads it
    items: tuple[ListingItem, ...]
    place: str  # XPath in the page's tree; "lines 20 to 59" of a text page
    score: float  # 0..1: how much its shape is that of a listing
    reason: str  # what the kind and the score rest on


def listing_field(number: int) -> str:
    """What the evidence of a listing is called, 1-based."""
    return f"{LISTING_FIELD}{number}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One turn of a question-and-answer or an interview: body[start:end] is its text."""

    turn: int  # 1-based
    kind: str  # question | answer
    speaker_label: str | None  # as printed
    speaker: str | None  # who that is, where the article names it
    text: str
    start: int  # characters into the body
    end: int


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
    seo_title: str | None = None  # where the page words its headline otherwise for machines
    quality_flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restoration:
    """What was undone before the page was dissected, and its texts as they are searched; null where no article has them."""

    is_cloaked: bool = False
    repairs: tuple[PlacedRepair, ...] = ()
    script: str | None = None  # Hans | Hant | mixed
    title_folded: str | None = None
    body_folded: str | None = None
    headlines_folded: tuple[tuple[str, ...], ...] = ()  # by listing and item


@dataclass(frozen=True, slots=True)
class DissectedPage:
    """Everything one page gave. `article` is None exactly where `reason` says why the page is no article."""

    article: Article | None = None
    reason: str | None = None  # not_article:front_page | list_page | error_page | empty_shell | too_short ...
    detail: str | None = None
    canonical_url: str | None = None  # absolute; rel=canonical, else og:url
    canonical_source: str | None = None  # canonical | og:url
    addresses: tuple[Candidate, ...] = ()  # all that the page declares as its own
    credits: tuple[Credit, ...] = ()
    images: tuple[Image, ...] = ()
    listings: tuple[Listing, ...] = ()
    statements: tuple[Statement, ...] = ()
    observed_after: datetime | None = None  # the newest time that anything on the page proves, where no capture time is known
    findings: tuple[Finding, ...] = field(default=())
    restoration: Restoration | None = None  # None: the page was dissected as it came
