"""The readers' comments on a page, known by their names."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tasks.dissection.markup.measures import Measure

# The names by which trafilatura knows comments (its REMOVE_COMMENTS_XPATH), asked here in the walk that is made anyway, and
# the plural as a word of its own: sites put their prefix before it.
_NAMES = re.compile(r"^[Cc]omment(?!ary)|^comol|^disqus_thread|(?:^|[-_\s])comments(?:$|[-_\s])")
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
