"""Whether something at an image says that a caption is printed with it."""

from itertools import islice

from lxml.html import HtmlElement

from tasks.dissection.pictures.picture_names import names_caption
from tasks.dissection.words.text import CJK, squeeze

LEVELS = 8  # from an image to the block it shares with its caption: picture, link, button and wrappers stand between
UNIT_CHARS = 500  # of a block that is an image and its caption; the longest on the measured pages has 480
NEAR = 8  # blocks around an image that are asked whether they are named a caption
HOLDERS = ("div", "p", "span", "figcaption", "em", "small")  # of captions
LEAST_WORDS, LEAST_DENSE = 4, 7  # of a line beside the article that may be a caption; characters of scripts without blanks
_NO_PICTURES = ("pre", "table", "audio", "blockquote")  # what a figure may hold instead


def is_captioned(element: HtmlElement) -> bool:
    """Whether an image stands in a figure with a caption, or alone beside what is named one; of a caption, whether a figure has it."""
    for parent in islice(element.iterancestors(), LEVELS):
        if parent.tag in ("body", "html", "main", "article"):
            return False
        if parent.tag == "figure":
            return next(parent.iter(*_NO_PICTURES), None) is None and _has_caption(parent)
        if holds_images(parent) or len(squeeze(parent.text_content())) > UNIT_CHARS:
            return False
        if _has_caption(parent):
            return True
    return False


def _has_caption(block: HtmlElement) -> bool:
    return any(e.tag == "figcaption" or names_caption(e.get("class", "")) for e in islice(block.iter(*HOLDERS), NEAR))


def holds_images(block: HtmlElement) -> bool:
    """Whether it holds more than one; what is drawn as .svg is a sign beside it, and <noscript> repeats what a script draws."""
    images = (image for image in block.iter("img") if not image.get("src", "").endswith(".svg") and not _is_repeated(image))
    return next(images, None) is not None and next(images, None) is not None


def _is_repeated(image: HtmlElement) -> bool:
    parent = image.getparent()
    return parent is not None and parent.tag == "noscript"


def is_sentence_long(text: str) -> bool:
    """Whether it is longer than a button or a name."""
    return len(text.split()) >= LEAST_WORDS or len(CJK.findall(text)) >= LEAST_DENSE


def open_sources(image: HtmlElement) -> int:
    """Levels that are no wrappers: a <source> that is not closed holds what follows it."""
    if next(image.iterancestors("source"), None) is None:
        return 0
    return sum(1 for ancestor in islice(image.iterancestors(), 2 * LEVELS) if ancestor.tag == "source")
