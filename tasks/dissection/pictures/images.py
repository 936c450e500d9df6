"""Images of the article: the lead image that the page names for machines, then those that stand in the article itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from tasks.dissection.findings import Candidate, Finding, Found, Image
from tasks.dissection.markup.declared import article_nodes, texts_of
from tasks.dissection.markup.elements import tag_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.pictures.addresses import IMAGE_FILE, NO_PICTURE, address_of
from tasks.dissection.pictures.caption_finder import CaptionFinder
from tasks.dissection.pictures.captioned import is_captioned
from tasks.dissection.words.caption_credits import without_credit
from tasks.dissection.words.captions import CAPTION_CHARS
from tasks.dissection.words.text import line_key, squeeze
from tasks.dissection.words.web_address import split_url

IMAGES = ("img", "amp-img", "amp-anim")
MAX_IMAGES = 50  # galleries print more; what an article shows is far below
COMPARED_CHARS = 60  # of a caption: what is printed may end in a credit
LEAST_SIDE = 100  # pixels: icons, avatars and buttons are smaller
LEVELS_TO_FIGURE = 6  # picture, link and some wrappers stand between an image and its figure
_ELSEWHERE = frozenset(("a", "nav", "aside", "li"))  # around an image above the article: adverts, buttons, teasers
_SIZE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pictures:
    """Images as they stand in the article, in page order, and what is printed with them, folded: no line of the story says just that."""

    shown: tuple[Image, ...] = ()
    lines: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()  # captions told to machines that readers see as well


def find_pictures(page: ParsedPage, tree: HtmlElement, region: HtmlElement | None, core: HtmlElement | None) -> Pictures:
    """Images of the article with what is printed at each: `tree` as pruning left it, the article's `region` and `core` in it."""
    declared = _printed_too(page, tree)
    if region is None or core is None:
        return Pictures(declared=declared)
    finder = CaptionFinder(core)
    shown: list[Image] = []
    lines = {line_key(caption) for caption in declared}
    for element in _pictures(region):
        url = None if _is_small(element) else address_of(page, element)
        is_there = url is not None
        if not is_there and not is_captioned(element):
            continue
        printed = finder.read(element)
        if not is_there and not printed.caption:
            continue
        lines.update(line_key(line) for line in printed.lines)
        if not printed.is_elsewhere:
            shown.append(Image(url, printed.caption, squeeze(element.get("alt"))[:CAPTION_CHARS] or None))
    return Pictures(tuple(shown), frozenset(lines - {""}), declared)


def _printed_too(page: ParsedPage, tree: HtmlElement) -> frozenset[str]:
    """Captions of JSON-LD that the page prints: many only describe the picture there, or repeat the headline or the standfirst."""
    told = {caption for node in article_nodes(page) for _, caption in _addresses(node.get("image")) if caption}
    if not told:
        return frozenset()
    others = [page.first_meta(name) for name in ("og:title", "og:description", "description")]
    others += [text for node in article_nodes(page) for key in ("headline", "description") for text in texts_of(node.get(key))]
    text, known = squeeze(tree.text_content()), {line_key(other) for other in others if other}
    return frozenset(caption for caption in told if line_key(caption) not in known and caption[:COMPARED_CHARS] in text)


def find_images(page: ParsedPage, pictures: Pictures) -> Found[tuple[Image, ...]]:
    """The lead image first, then page order; each picture once, however many sizes of it the page links."""
    named = list(_named(page, pictures.declared))
    lead = next((image for _, image in named if not NO_PICTURE.search(_path(image))), None)
    by_picture: dict[str, Image] = {} if lead is None else {_picture(lead): lead}
    for place, image in enumerate(pictures.shown):
        is_lead = place == 0 and image.url is None and lead is not None  # a script draws it: the picture for machines is the first
        key = _picture(lead if is_lead and lead is not None else image)
        known = by_picture.get(key)
        if known is not None and known.caption and image.caption and known.caption != image.caption:
            key, known = f"{image.url} {image.caption}", None  # systems that call every file alike
        by_picture[key] = image if known is None else _merged(known, image)
    images = tuple(by_picture.values())[:MAX_IMAGES]
    candidates = [Candidate(source, (image.url or "")[:500], "won" if image is lead else "lost") for source, image in named]
    source = "none" if not images else "declared" if lead else "article"
    reason = f"{len(named)} named for machines, {len(pictures.shown)} in the article, {len(images)} pictures"
    value = (images[0].url or "")[:500] if images else None
    return Found(images, (Finding("images", value, source, reason, tuple(candidates)),))


def _named(page: ParsedPage, declared: frozenset[str]) -> Iterator[tuple[str, Image]]:
    for node in article_nodes(page):
        for address, caption in _addresses(node.get("image")):
            if url := page.absolute(address):
                yield "json_ld", Image(url, without_credit(caption) or None if caption in declared else None)
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


def _pictures(region: HtmlElement) -> Iterator[HtmlElement]:
    """Images of the region, and before them those around the headline: there many pages lead with one.

    Above the headline, or as a link to elsewhere, it needs a caption. A figure that a script fills stands for its picture with its caption.
    """
    within = list(_drawn(region.iter(*IMAGES, "figcaption")))
    around = [a for a in region.iterancestors() if a.tag not in ("body", "html")]
    holder = next((a for a in (region, *around) if a.find(".//h1") is not None), None)
    if holder is region or holder is None:
        holder = next((a for a in around if a.tag in ("article", "main")), None)
    is_below = False
    above: list[HtmlElement] = []
    for element in () if holder is None else holder.iter("h1", *IMAGES, "figcaption", tag_of(region)):
        if element is region:
            break
        is_below = is_below or element.tag == "h1"
        is_linked = element.tag in IMAGES and any(map(_is_elsewhere, islice(element.iterancestors(), LEVELS_TO_FIGURE)))
        if (is_below and not is_linked) or is_captioned(element):
            above.append(element)
    yield from _drawn(above)
    yield from within


def _drawn(elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """Images, and captions of figures that hold none."""
    for element in elements:
        figure = None if element.tag in IMAGES else next(element.iterancestors("figure"), None)
        if element.tag in IMAGES or (figure is not None and next(figure.iter(*IMAGES, "video", "iframe"), None) is None):
            yield element


def _is_elsewhere(around: HtmlElement) -> bool:
    """Whether what is around an image says that it is no story's: a link to the picture itself only shows it larger."""
    return around.tag in _ELSEWHERE and not (around.tag == "a" and IMAGE_FILE.search(around.get("href") or ""))


def _is_small(element: HtmlElement) -> bool:
    sides = [int(found[0]) for name in ("width", "height") if (found := _SIZE.match(element.get(name, "")[:6]))]
    return any(side < LEAST_SIDE for side in sides)


def _path(image: Image) -> str:
    return split_url(image.url).path


def _picture(image: Image) -> str:
    """The file's name without sizes: what different sizes of one picture share; of one without an address, its caption."""
    if image.url is None:
        return image.caption or ""
    name = _path(image).rsplit("/", 1)[-1]
    return re.sub(r"[-_]\d{2,4}x\d{2,4}(?=\.|$)", "", name) if len(name) > 8 else image.url


def _merged(lead: Image, shown: Image) -> Image:
    return Image(lead.url, shown.caption or lead.caption, shown.alt or lead.alt)
