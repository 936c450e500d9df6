"""What a block of text stands in, as the elements around it and their names tell."""

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

_FAR = re.compile(
    "foot|copyright|disclaim|statement|cookie|consent|gdpr|comment|cmt|sidebar|widget-|related|recommend|next|author|promo"
    "|newsletter|subscri",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


class Around:
    """What a block stands in, at any depth: bits of an int, since those of an enum take ten times as long."""

    FAR = 1  # named as something beside the article
    ASIDE = 2
    FOOTER = 4
    HEADER = 8
    FORM = 16
    FIGURE = 32
    ARTICLE = 64
    HIDDEN = 128
    LIST = 256
    TABLE = 512
    QUOTE = 1024
    REGION = 2048  # around the core, with most of the running text
    CORE = 4096  # the densest running text
    BESIDE = 8192  # links beside the core
    POINTER = 16384  # a link to another story, in the core
    COMMENT = 32768


MOST_PARTS = 20  # of one text, shown one after the other
_HIDING = ("hidden", "style", "aria-hidden")
_BY_TAG = {
    "aside": Around.ASIDE, "footer": Around.FOOTER, "header": Around.HEADER, "form": Around.FORM, "figure": Around.FIGURE,
    "figcaption": Around.FIGURE, "article": Around.ARTICLE, "main": Around.ARTICLE, "ul": Around.LIST, "ol": Around.LIST, "dl": Around.LIST,
    "table": Around.TABLE, "blockquote": Around.QUOTE,
}  # fmt: skip


@lru_cache(maxsize=8192)
def _says_far(names: str) -> bool:
    """Kept with those of each name, since the pages of one outlet share a few hundred names and some thousand sequences of them."""
    return any(map(_is_name_of_far, names.split()))


@lru_cache(maxsize=8192)
def _is_name_of_far(name: str) -> bool:
    return _FAR.search(name) is not None


def is_far(element: HtmlElement) -> bool:
    """Whether it is named as footer, sidebar, comments, author box and the like."""
    return element.tag in ("footer", "aside") or _says_far(element.get("class", "")) or _says_far(element.get("id", ""))


def around_of(element: HtmlElement, tag: str, outer: int) -> int:
    """What is in `element`, where `outer` is around it."""
    around = outer | _BY_TAG.get(tag, 0)
    for name, value in element.items():
        if name in ("class", "id"):
            if tag != "body" and not around & Around.FAR and _says_far(value):
                around |= Around.FAR
        elif name in _HIDING and _hides(name, value) and not _is_next_part(element):
            around |= Around.HIDDEN
    return around


def _hides(name: str, value: str) -> bool:
    return name == "hidden" or (name == "style" and _HIDDEN.search(value) is not None) or (name == "aria-hidden" and value == "true")


def _is_next_part(element: HtmlElement) -> bool:
    """Whether it is shown once readers ask for it: the next of several pages of one text, of which the first is shown."""
    alike = (element.tag, element.get("class"))
    for before in islice(element.itersiblings(preceding=True), MOST_PARTS):
        if (before.tag, before.get("class")) != alike:
            return False
        if not any(_hides(*each) for each in before.items()):
            return True
    return False
