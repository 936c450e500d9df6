"""Whether links lead to stories, by what their addresses have in common with the article's own and with each other."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from tasks.dissection.markup.outlet import registered_name

SLUG_WORDS = 3  # in one step of an address: a headline
NUMBER_DIGITS = 4  # in all: a date, or the number of a story
CODE_CHARS = 8  # of letters and digits mixed: the code of a story
ALIKE, UNLIKE = 0.75, 0.2  # share of items from which, and up to which, addresses agree with the article's
LEAST_BOOSTED = 3  # items that agreement makes a listing of: two links in a row lead to the stories before and behind
CONFIRMING = 0.1  # of a page's links that have to look like the address that it says is its own
COMMON = 0.5  # of them have a mark that counts where its own says nothing
_ENDING = re.compile(r"\.(?:[sx]?html?|php|aspx?|jsp|cms|story|ece|amp)$", re.IGNORECASE)
_PARTS = re.compile(r"(?:[a-zA-Z][\w+.-]*:)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?")  # urlsplit takes four times as long
_WORD = re.compile(r"[^\W\d_]{2,}")
_CODE = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9]+")
_NUMBERED_FILE = re.compile(r"(?:^|/)\d+\.(?:[sx]?html?|php|aspx?|jsp)$", re.IGNORECASE)
_ID = re.compile(r"(?:^|&)(?:[a-z]{0,8}id|p|t|no|seq)=\d{3,}", re.IGNORECASE)
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{5,}")
# Addresses that count a click before they lead on, mostly to what was paid for.
_COUNTED = re.compile(
    r"//(?:[^/]*\.)?(?:ads?|adservers?|clc?k|clicks?|track|tracking|tracker)\.|/ad-?clicks?/|\?.*(?:://|%3A%2F%2F)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AddressShape:
    """What an address looks like. `site` is empty where it is relative: it leads to the page's own."""

    site: str = ""
    is_slug: bool = False
    is_numbered: bool = False
    is_coded: bool = False

    @property
    def is_story(self) -> bool:
        """Whether it has any of the marks that addresses of stories have."""
        return self.is_slug or self.is_numbered or self.is_coded

    def is_like(self, own: "AddressShape") -> bool:
        """Whether it has a mark of the article's own address and stays on the site."""
        has_mark = (own.is_slug and self.is_slug) or (own.is_numbered and self.is_numbered) or (own.is_coded and self.is_coded)
        return has_mark and self.site in ("", own.site)


@lru_cache(maxsize=4096)
def shape_of(href: str) -> AddressShape:
    """The shape of an address as the page has it."""
    parts = _PARTS.match(href.strip())
    host, path, query = (parts[1] or "", parts[2], parts[3] or "") if parts else ("", "", "")
    site = registered_name(host.lower().partition(":")[0])
    if _COUNTED.search(href):
        return AddressShape(site)
    path = unquote(path) if "%" in path else path
    steps = [_ENDING.sub("", step) for step in path.split("/") if step]
    is_slug = any(len(_WORD.findall(step)) >= SLUG_WORDS or _DENSE.search(step) for step in steps)
    digits = sum(map(str.isdigit, path)) + sum(map(str.isdigit, query))
    is_coded = any(len(step) >= CODE_CHARS and _CODE.fullmatch(step) for step in steps[-2:])
    is_numbered = digits >= NUMBER_DIGITS or _ID.search(query) is not None or _NUMBERED_FILE.search(path) is not None
    return AddressShape(site, is_slug, is_numbered, is_coded)


def own_shape(address: str | None, hrefs: Sequence[str]) -> AddressShape | None:
    """The shape that stories of the page's site have: of its own address where its links confirm it, else what most of them share.

    None where they share nothing.
    """
    shapes = [shape_of(href) for href in hrefs]
    own = shape_of(address) if address else AddressShape()
    if own.is_story and sum(shape.is_like(own) for shape in shapes) > CONFIRMING * len(shapes):
        return own
    site = own.site or Counter(shape.site for shape in shapes).most_common(1)[0][0] if shapes else own.site
    least = COMMON * len(shapes)
    marks = (sum(getattr(shape, mark) for shape in shapes) > least for mark in ("is_slug", "is_numbered", "is_coded"))
    shared = AddressShape(site, *marks)
    return shared if shared.is_story else None


def are_alike(hrefs: Sequence[str | None], own: AddressShape | None) -> bool:
    """Whether most lead to what looks like stories of the page's site."""
    shapes = [shape_of(href) for href in hrefs if href]
    return own is not None and len(shapes) >= LEAST_BOOSTED and sum(shape.is_like(own) for shape in shapes) >= ALIKE * len(shapes)


def address_signs(hrefs: Sequence[str | None], own: AddressShape | None, is_known: bool) -> Iterator[str]:
    """What the addresses of a run say of it, as signs of judging; `is_known`: whether its label says that stories stand under it."""
    shapes = [shape_of(href) for href in hrefs if href]
    if own is None or not shapes:
        return
    count = len(shapes)
    is_away = all(shape.site not in ("", own.site) for shape in shapes)
    if are_alike(hrefs, own):
        yield "addresses like the article's"
    elif sum(shape.is_story for shape in shapes) <= UNLIKE * count and (count > 1 or is_away):
        yield "no addresses of stories under a label of stories" if is_known else "no addresses of stories"
    if not is_known and is_away:
        yield "leads elsewhere"
