"""Images of the article: the lead image that the page names for machines, then those that stand in the article itself."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from tasks.dissection.declared import article_nodes
from tasks.dissection.furniture import fold
from tasks.dissection.parsed_page import ParsedPage, squeeze, text_of
from tasks.dissection.pruning import Pruned
from tasks.dissection.regions import Candidate, Finding, Image

MAX_IMAGES = 50  # galleries print more; what an article shows is far below
LEAST_SIDE = 100  # pixels: icons, avatars and buttons are smaller
CAPTION_CHARS = 1000
LEVELS_TO_FIGURE = 6  # picture, link and some wrappers stand between an image and its figure
# Where lazy loaders keep the address that src will have: lazysizes, WordPress, jQuery.lazyload, echo.js.
_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-echo", "src")
_NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:icons?|logos?|sprite|pixel|spacer|blank|avatar|emoji|button|btn|1x1|transparent|placeholder|loading|tracking|"
    r"qrcode|share|beacon)(?:[/_.-]|\d|$)|\.svg$",
    re.IGNORECASE,
)
_CAPTION = re.compile("caption|legend|(?:fig|img|pic|photo)-?(?:cap|desc|text|info)", re.IGNORECASE)
_ELSEWHERE = frozenset(("a", "nav", "aside", "li"))  # around an image above the article: adverts, buttons, teasers
LEAST_CAPTION = 8  # letters: an alternative text as short as a name may stand in the story as well
_SIZE = re.compile(r"\d+")


def find_images(page: ParsedPage, pruned: Pruned) -> tuple[tuple[Image, ...], Finding]:
    """The lead image first, then page order; each picture once, however many sizes of it the page links."""
    shown = [] if pruned.region is None else list(_shown(page, pruned.region))
    named = list(_named(page))
    lead = next((image for _, image in named if not _NO_PICTURE.search(urlsplit(image.url).path)), None)
    by_picture: dict[str, Image] = {} if lead is None else {_picture(lead.url): lead}
    for image in shown:
        known = by_picture.get(_picture(image.url))
        by_picture[_picture(image.url)] = image if known is None else _merged(known, image)
    images = tuple(by_picture.values())[:MAX_IMAGES]
    candidates = [Candidate(source, image.url[:500], "won" if image is lead else "lost") for source, image in named]
    source = "none" if not images else "declared" if lead else "article"
    reason = f"{len(named)} named for machines, {len(shown)} in the article, {len(images)} pictures"
    return images, Finding("images", images[0].url[:500] if images else None, source, reason, tuple(candidates))


def _named(page: ParsedPage) -> Iterator[tuple[str, Image]]:
    for node in article_nodes(page):
        for address, caption in _addresses(node.get("image")):
            if url := page.absolute(address):
                yield "json_ld", Image(url, caption)
    alt = page.first_meta("og:image:alt", "twitter:image:alt")
    for name in ("og:image", "og:image:url", "twitter:image", "twitter:image:src"):
        if url := page.absolute(page.first_meta(name)):
            yield name, Image(url, None, alt)


def _addresses(value: Any) -> Iterator[tuple[str, str | None]]:
    """(address, caption) of a schema.org image: a URL, an ImageObject, or a list of them."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item, None
        elif isinstance(item, dict) and isinstance(item.get("url") or item.get("contentUrl"), str):
            caption = item.get("caption")
            yield item.get("url") or item["contentUrl"], squeeze(caption)[:CAPTION_CHARS] or None if isinstance(caption, str) else None


def _shown(page: ParsedPage, region: HtmlElement) -> Iterator[Image]:
    for element in _pictures(region):
        url = next((u for name in _SOURCES if (u := page.absolute(element.get(name)))), None) or _from_srcset(page, element)
        if url and not _is_small(element) and not _NO_PICTURE.search(urlsplit(url).path):
            yield Image(url, _caption(element), squeeze(element.get("alt"))[:CAPTION_CHARS] or None)


def _pictures(region: HtmlElement) -> Iterator[HtmlElement]:
    """Images of the region, and before them those between the headline and it that are no links: there many pages lead with one."""
    within = list(region.iter("img"))
    above = (a for a in region.iterancestors() if a.tag not in ("body", "html"))
    holder = None if region.find(".//h1") is not None else next((a for a in above if a.find(".//h1") is not None), None)
    is_below = False
    for element in () if holder is None else holder.iter("h1", "img", region.tag):
        if element is region:
            break
        is_below = is_below or element.tag == "h1"
        if element.tag == "img" and is_below and not any(a.tag in _ELSEWHERE for a in islice(element.iterancestors(), LEVELS_TO_FIGURE)):
            yield element
    yield from within


def _from_srcset(page: ParsedPage, element: HtmlElement) -> str | None:
    """The last and mostly largest address of a srcset, of the image or of its picture's sources."""
    parent = element.getparent()
    holders = [element, *(parent.iter("source") if parent is not None and parent.tag == "picture" else ())]
    for holder in holders:
        entries = (holder.get("srcset") or holder.get("data-srcset") or "").split(", ")
        if url := page.absolute(entries[-1].strip().split(" ")[0]):
            return url
    return None


def _is_small(element: HtmlElement) -> bool:
    sides = [int(found[0]) for name in ("width", "height") if (found := _SIZE.match(element.get(name, "")[:6]))]
    return any(side < LEAST_SIDE for side in sides)


def _caption(element: HtmlElement) -> str | None:
    """Text of the figure's figcaption, or of what is named a caption beside the image or beside what wraps it."""
    figure = next((a for a in islice(element.iterancestors(), LEVELS_TO_FIGURE) if a.tag == "figure"), None)
    if figure is not None:
        return next((text[:CAPTION_CHARS] for c in figure.iter("figcaption") if (text := text_of(c))), None)
    for node in (element, *islice(element.iterancestors(), 2)):
        for sibling in islice(node.itersiblings("div", "p", "span", "em", "small"), 3):
            if _CAPTION.search(sibling.get("class", "")) and (text := text_of(sibling)):
                return text[:CAPTION_CHARS]
    return None


def caption_lines(page: ParsedPage) -> frozenset[str]:
    """What the page prints with its images, folded: captions and alternative texts. No line of the story says just that."""
    printed = (text for image in page.tree.iter("img") for text in (image.get("alt"), _caption(image)) if text)
    return frozenset(key for text in printed if len(key := fold(text)) >= LEAST_CAPTION)


def _picture(url: str) -> str:
    """The file's name without sizes: what different sizes of one picture share."""
    name = urlsplit(url).path.rsplit("/", 1)[-1]
    return re.sub(r"[-_]\d{2,4}x\d{2,4}(?=\.|$)", "", name) if len(name) > 8 else url


def _merged(lead: Image, shown: Image) -> Image:
    return Image(lead.url, shown.caption or lead.caption, shown.alt or lead.alt)
