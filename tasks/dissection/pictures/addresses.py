"""The address of a picture, wherever lazy loaders keep it."""

import re
from collections.abc import Iterator
from itertools import chain

from lxml.html import HtmlElement

from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.web_address import split_url

# Where lazy loaders keep the address that src will have: lazysizes, WordPress, jQuery.lazyload, echo.js.
_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-echo", "src")
_SRCSETS = ("srcset", "data-srcset", "data-lazy-srcset")
_ENTRIES, _DESCRIPTOR = re.compile(r",\s+|,$"), re.compile(r"(\d{1,6}(?:\.\d{1,3})?)[wx]")
IMAGE_FILE = re.compile(r"^[^\s{\[,]+\.(?:jpe?g|png|webp|avif|gif)(?:\?\S*)?$", re.IGNORECASE)
NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:icons?|logos?|sprite|pixel|spacer|blank|avatar|emoji|button|btn|1x1|transparent|placeholder|loading|tracking|"
    r"qrcode|share|beacon)(?:[/_.-]|\d|$)|\.svg$",
    re.IGNORECASE,
)


def address_of(page: ParsedPage, element: HtmlElement) -> str | None:
    """The first address that can be the picture's: lazy loaders show an empty one until readers scroll, and keep the true one beside it."""
    places = (element.get(name) for name in _SOURCES)
    others = (value for name, value in element.items() if name.startswith("data-") and IMAGE_FILE.search(value))
    return next(filter(None, (_picture_at(page, text) for text in chain(places, _largest_of_srcsets(element), others))), None)


def _picture_at(page: ParsedPage, text: str | None) -> str | None:
    url = page.absolute(text)
    return None if url is None or NO_PICTURE.search(split_url(url).path) else url


def _largest_of_srcsets(element: HtmlElement) -> Iterator[str]:
    """The largest address of each srcset, of the image or of its picture's sources."""
    parent = element.getparent()
    holders = [element, *(parent.iter("source") if parent is not None and parent.tag == "picture" else ())]
    for srcset in (holder.get(name) for holder in holders for name in _SRCSETS):
        entries = [entry.split() for entry in _ENTRIES.split(srcset.strip()) if entry.strip()] if srcset else []
        if entries:
            yield max(entries, key=_width_of)[0]


def _width_of(entry: list[str]) -> float:
    """Of 1200w or 2x; later ones of the same are no larger."""
    found = _DESCRIPTOR.fullmatch(entry[-1]) if len(entry) > 1 else None
    return float(found[1]) if found else 0.0
