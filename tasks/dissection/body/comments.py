"""The readers' comments on a page, known by their names, or by a heading that says so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from lxml.html import HtmlElement

from tasks.dissection.body.around import Around
from tasks.dissection.body.blocks import TextBlock
from tasks.dissection.markup.measures import Measure
from tasks.dissection.words.list_labels import heads_comments
from tasks.dissection.words.sentences import RUN_BYTES

# The names by which trafilatura knows comments (its REMOVE_COMMENTS_XPATH), asked here in the walk that is made anyway, and
# the plural as a word of its own: sites put their prefix before it.
_NAMES = re.compile(r"^[Cc]omment(?!ary)|^comol|^disqus_thread|(?:^|[-_\s])comments(?:$|[-_\s])")
LONGEST_HEADING = 60  # bytes
_TAGS = frozenset(("div", "section", "ul", "ol", "details"))


def comment_blocks(core: Measure, measures: dict[HtmlElement, Measure]) -> Iterator[Measure]:
    """What is named as the readers' comments, unless the core stands in it."""
    around = {core.element, *core.element.iterancestors()}
    for entry in measures.values():
        if entry.text and entry.tag in _TAGS:
            element = entry.element
            for name in (element.get("class"), element.get("id")):
                # most names hold neither: a tenth of the time
                if name and ("om" in name or "disqus" in name) and _NAMES.search(name) and element not in around:
                    yield entry
                    break


def with_headed_comments(blocks: Sequence[TextBlock]) -> Sequence[TextBlock]:
    """The blocks; those under a heading of comments count as such: all in the outermost element that begins with the heading.

    Unless more running text stands in that than before it: then it holds the story, of which a link tells how many comments there are.
    """
    found = list(blocks)
    running = list(accumulate((block.size if block.size >= RUN_BYTES else 0 for block in blocks), initial=0))  # before each block
    first = next((place for place, block in enumerate(blocks) if block.size >= RUN_BYTES), len(blocks))
    for place, block in enumerate(blocks[first:], first):
        if block.size <= LONGEST_HEADING and not found[place].around & Around.COMMENT and heads_comments(block.text):
            end = _end_of(blocks, place)
            if running[end] - running[place] < running[place]:
                found[place:end] = [replace(each, around=each.around | Around.COMMENT) for each in found[place:end]]
    return found


def _end_of(blocks: Sequence[TextBlock], place: int) -> int:
    """Up to which block the outermost element reaches that begins with this one."""
    before = {blocks[place - 1].element, *blocks[place - 1].element.iterancestors()}
    block = blocks[place].element
    outermost = next((each for each in reversed([block, *block.iterancestors()]) if each not in before), None)
    if outermost is None:
        return place + 1
    for at in range(place + 1, len(blocks)):
        element = blocks[at].element
        if element is not outermost and outermost not in element.iterancestors():
            return at
    return len(blocks)
