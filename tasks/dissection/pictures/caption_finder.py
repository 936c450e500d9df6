"""Where a page prints the caption of an image: in its figure, in a block named so, or in the text right behind it.

Text behind an image is a caption only for a reason of its own, since a paragraph lost is worse than a caption missed: it says
so by its words, it repeats the alternative text, or it is printed in a way that the article uses behind images alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from tasks.dissection.pictures.captioned import HOLDERS, LEVELS, UNIT_CHARS, holds_images, is_sentence_long, open_sources
from tasks.dissection.pictures.picture_names import names_caption, names_other, names_video
from tasks.dissection.pictures.pieces import CaptionPiece, caption_of, pieces_of
from tasks.dissection.pictures.print_shape import Flow, first_with_text, holds_image, is_heading, is_in_line, is_set_apart, print_shape
from tasks.dissection.words.captions import CAPTION_CHARS, is_caption_line
from tasks.dissection.words.furniture import is_dateline
from tasks.dissection.words.sentences import SENTENCE_END, is_running
from tasks.dissection.words.text import line_key, squeeze

FIGURE_BYTES = 240  # of text outside the figure that an image stands in: longer text is the article's
PLAIN_CHARS = 200  # of sentences beside an image that nothing marks as a caption
ABOVE = 2  # elements around an image with text beside it in which a caption by name is looked for
BEHIND_CHARS = 250  # of a paragraph behind an image that may be its caption
_WORKED = ("h4", "h5", "h6", "textarea", "select")  # what captions do not hold, unless they are named so
LEAST_ALT = 4  # letters of an alternative text that a line may repeat


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed with one image. `lines` are its pieces, which are no lines of the story; credits too."""

    caption: str | None = None
    lines: tuple[str, ...] = ()
    is_elsewhere: bool = False  # the image belongs to another story, or to nobody


NOTHING = Printed()
ELSEWHERE = Printed(is_elsewhere=True)


class CaptionFinder:
    """Reads captions of one page; each block of text is the caption of one image only."""

    def __init__(self, core: HtmlElement) -> None:
        self._around = {core, *core.iterancestors()}
        self._core = core
        self._used: set[HtmlElement] = set()
        self._units: set[str] = set()  # classes of blocks that are an image and its caption
        self._flows: dict[HtmlElement, Flow] = {}
        self._sizes: dict[HtmlElement, int] = {}  # of the text in blocks, asked once for all images in them

    def read(self, image: HtmlElement) -> Printed:
        found = self._beside(image)
        return Printed(None, found.lines) if found.caption and _is_of_video(image) else found

    def _beside(self, image: HtmlElement) -> Printed:
        node, has_text = image, False  # whether text was met that is no caption: above it only what is named one counts
        for parent in islice(image.iterancestors(), LEVELS + open_sources(image)):
            if parent.tag in ("body", "html"):
                return NOTHING
            is_own = parent.tag == "figure" and next(parent.iter("a"), None) is None  # whatever its size is named after
            if parent not in self._around and not is_own and names_other(f"{parent.get('class', '')} {parent.get('id', '')}"):
                return ELSEWHERE
            if named := self._named(image, parent, node):
                return self._printed(named)
            size = 0 if parent in self._around else self._size_of(parent)
            if parent in self._around or (size > UNIT_CHARS and parent.tag != "figure"):
                return NOTHING if has_text else self._behind(image, node, parent)
            if size and not has_text and caption_of(pieces := pieces_of(parent)):
                if parent.tag == "figure":
                    return NOTHING if _is_teaser(parent, size) else self._printed([parent])
                if (unit := self._unit(image, parent, pieces, size)) is not NOTHING:
                    return (self._named_above(image, parent) if unit.caption else None) or unit
                has_text = True
            node = parent
        return NOTHING

    def _named_above(self, image: HtmlElement, node: HtmlElement) -> Printed | None:
        """What is named a caption a little above a text that is not."""
        for parent in islice(node.iterancestors(), ABOVE):
            if parent in self._around or self._size_of(parent) > UNIT_CHARS or holds_images(parent):
                return None
            if named := self._named(image, parent, node):
                return self._printed(named)
            node = parent
        return None

    def _size_of(self, parent: HtmlElement) -> int:
        if parent not in self._sizes:
            self._sizes[parent] = len(squeeze(parent.text_content()))
        return self._sizes[parent]

    def _named(self, image: HtmlElement, parent: HtmlElement, node: HtmlElement) -> list[HtmlElement]:
        """Figcaptions of a figure, or what is named a caption among the next siblings of what holds the image."""
        if parent.tag == "figure":
            return [c for c in parent.iter("figcaption") if c.text_content().strip()]
        behind = (s for s in islice(node.itersiblings(), 4) if s not in self._around)
        for sibling in behind:
            holders = (sibling, *islice(sibling.iterdescendants(*HOLDERS), 4))
            for holder in holders:
                is_named = holder.tag == "figcaption" or names_caption(holder.get("class", ""))
                if is_named and (text := squeeze(holder.text_content())):
                    is_headed = _has_heading(holder) and not _repeats_alt(image, text)
                    return [] if len(text) > CAPTION_CHARS or is_headed or _is_teaser(holder, len(text)) else [holder]
        return []

    def _printed(self, blocks: Sequence[HtmlElement]) -> Printed:
        if not self._used.isdisjoint(blocks):
            return NOTHING
        self._used.update(blocks)
        pieces = [piece for block in blocks for piece in pieces_of(block)]
        return _read(pieces)

    def _unit(self, image: HtmlElement, block: HtmlElement, pieces: list[CaptionPiece], size: int) -> Printed:
        """A block that holds the image, a little text and nothing else."""
        if block.tag != "p" and (_is_teaser(block, size) or _has_heading(block) or next(block.iter(*_WORKED), None) is not None):
            return ELSEWHERE
        text = " ".join(piece.text for piece in pieces)
        if is_caption_line(text, behind_image=True) or _repeats_alt(image, text):
            return self._printed([block])
        is_beside = self._core not in (block, *block.iterancestors())  # what is linked there is another story
        if is_beside and any(link.text_content().strip() for link in block.iter("a")):
            return ELSEWHERE
        if not is_sentence_long(text) or is_in_line(block):  # a button, a name, a subhead; a part of a sentence
            return NOTHING
        is_long = len(text.encode("utf-8", "replace")) > FIGURE_BYTES and next(block.iter("figure"), None) is not None
        if is_long or is_dateline(text) or (self._is_below(block) and block.get("class") not in self._units):
            return NOTHING
        shape = print_shape(first_with_text(block))
        is_paragraph = block.tag == "p" and (SENTENCE_END.search(text) or len(text.encode("utf-8", "replace")) > FIGURE_BYTES)
        if block.tag == "blockquote" or (is_paragraph and not is_set_apart(shape)):
            return NOTHING
        if is_running(text) and (shape == self._flow(self._core).usual or (len(text) > PLAIN_CHARS and not is_set_apart(shape))):
            return NOTHING
        if name := block.get("class"):
            self._units.add(name)
        return self._printed([block])

    def _is_below(self, block: HtmlElement) -> bool:
        """Whether the block stands below the article's paragraphs, where authors, QR codes and other stories are."""
        node = block
        for parent in block.iterancestors():
            if parent in self._around:
                return parent is not self._core and all(sibling not in self._around for sibling in node.itersiblings())
            node = parent
        return False

    def _behind(self, image: HtmlElement, node: HtmlElement, parent: HtmlElement) -> Printed:
        """The first text behind the image, where it stands among the paragraphs of the article."""
        if tail := squeeze(node.tail):
            is_caption = is_caption_line(tail, behind_image=True) or _repeats_alt(image, tail)
            return _read([CaptionPiece(tail, False)]) if is_caption else NOTHING
        block = next((s for s in node.itersiblings() if holds_image(s) or s.text_content().strip()), None)
        if block is None or holds_image(block) or block in self._around or is_heading(block):
            return NOTHING
        text = squeeze(block.text_content())
        if len(text) > BEHIND_CHARS or is_dateline(text) or _is_teaser(block, len(text)):
            return NOTHING
        is_apart = parent is self._core and self._flow(parent).sets_apart(block, text)
        if is_apart or is_caption_line(text, behind_image=True) or _repeats_alt(image, text):
            return self._printed([block])
        return NOTHING

    def _flow(self, parent: HtmlElement) -> Flow:
        if parent not in self._flows:
            self._flows[parent] = Flow(parent)
        return self._flows[parent]


def _read(pieces: list[CaptionPiece]) -> Printed:
    caption = caption_of(pieces)
    whole = " ".join(piece.text for piece in pieces)
    return Printed(caption, tuple(dict.fromkeys((whole, caption or whole, *(piece.text for piece in pieces)))))


def _has_heading(block: HtmlElement) -> bool:
    """Whether it has a headline or a form of its own: a teaser, a box of the site."""
    return next(block.iter("h1", "h2", "h3", "form", "input"), None) is not None


def _repeats_alt(image: HtmlElement, text: str) -> bool:
    alt = line_key(image.get("alt") or "")
    return len(alt) >= LEAST_ALT and line_key(text) == alt


def _is_teaser(block: HtmlElement, size: int) -> bool:
    """Whether most of its text is a link, or a link is around it: the image of another story."""
    linked = sum(len(squeeze(link.text_content())) for link in block.iter("a"))
    return linked >= 0.5 * size > 0


def _is_of_video(image: HtmlElement) -> bool:
    """Whether what holds the image is named after a video; of one in a figure, the figure and what is in it."""
    around = list(islice(image.iterancestors(), 4 + open_sources(image)))
    figure = next((place for place, a in enumerate(around) if a.tag == "figure"), len(around))
    return any(names_video(f"{a.get('class', '')} {a.get('id', '')}") for a in around[: figure + 1])
