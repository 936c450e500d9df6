"""The lines of a story's surroundings in page order, and where each stands: above, in, under it, or at a picture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from tasks.dissection.markup.text_runs import RUN, lines_in
from tasks.dissection.words.sentences import is_running

HEAD_LINES = 30  # above the first paragraph: menus are gone, and before them nothing credits this story
LONG = 20  # characters from which a line of the page can be told to be one of the body
TAIL_LINES = 25  # under the last one; credits stand 1 to 14 lines under it on the measured pages
_PICTURE = re.compile(
    r"caption|credit(?!s(?:\s|$))|copyright|legend|bildautor|bildunterschrift|figure|media-?info|img-?desc|image-?desc", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One block of text; its runs, which are elements or the text between them, are parted by tabs."""

    text: str
    place: str  # head, body, picture or tail

    @property
    def plain(self) -> str:
        return self.text.replace(RUN, " ")


def story_lines(tree: HtmlElement, body: str) -> list[StoryLine]:
    """Lines of the tree from a little above to a little under the body; all of them where there is no body."""
    lines = list(lines_in(tree))
    key = "".join(body.split())
    first, last = _ends(lines, key) if key else (None, None)
    start, stop = 0, len(lines)
    if first is None or last is None:
        first = last = len(lines)
    else:
        start, stop = max(0, first - HEAD_LINES), min(stop, last + 1 + TAIL_LINES)
    names: dict[HtmlElement, bool | None] = {}
    found = []
    for index in range(start, stop):
        text, holder = lines[index]
        place = "picture" if is_at_picture(holder, names) else "head" if index < first else "tail" if index > last else "body"
        found.append(StoryLine(text, place))
    return found


def _ends(lines: Sequence[tuple[str, HtmlElement]], key: str) -> tuple[int | None, int | None]:
    """The first and last line that the body holds. A path or a headline may stand in it too: the body begins with a sentence."""
    told = None
    for index, (text, _) in enumerate(lines):
        if _is_told(text, key):
            told = index if told is None else told
            if is_running(text):
                told = index
                break
    if told is None:
        return None, None
    return told, next(index for index in range(len(lines) - 1, -1, -1) if _is_told(lines[index][0], key))


def _is_told(text: str, key: str) -> bool:
    return len(text) >= LONG and "".join(text[:60].split())[:24] in key


def tail_lines(lines: Sequence[str]) -> list[StoryLine]:
    """Lines of a text page that stand under its body."""
    return [StoryLine(" ".join(line.split()), "tail") for line in lines]


def is_at_picture(element: HtmlElement, names: dict[HtmlElement, bool | None] | None = None) -> bool:
    """Whether it stands in a figure, or in a block named as a caption or credit. `names` is what was told of elements before."""
    names = {} if names is None else names
    node: HtmlElement | None = element
    for _ in range(4):
        if node is None:
            return False
        if node not in names:
            names[node] = _is_picture(node)
        if (told := names[node]) is not None:
            return told
        node = node.getparent()
    return False


def _is_picture(node: HtmlElement) -> bool | None:
    """None where only what is around it can tell."""
    tag = node.tag
    if tag in ("body", "article", "main"):
        return False
    if tag in ("figure", "figcaption"):
        return True
    name = node.get("class")
    return True if name and _names_picture(name) else None


@lru_cache(maxsize=4096)
def _names_picture(name: str) -> bool:
    return bool(_PICTURE.search(name))
