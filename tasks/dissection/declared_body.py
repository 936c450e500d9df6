"""The body as JSON-LD gives it: what is left where the page's own text is drawn by scripts or cut off at a paywall."""

import re
from html import unescape

from tasks.dissection.declared import article_nodes
from tasks.dissection.parsed_page import ParsedPage, squeeze, storable

_BREAKS = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote|section|tr)\b[^<>]*>|[\r\n]+", re.IGNORECASE)
_TAGS = re.compile(r"<[a-z/!][^<>]*>", re.IGNORECASE)


def declared_body(page: ParsedPage) -> str:
    """articleBody of the article's node, a line a paragraph where it has breaks at all; empty where there is none."""
    for node in article_nodes(page):
        text = node.get("articleBody")
        if isinstance(text, str) and text.strip():
            # twice: publishers escape HTML inside JSON
            lines = _BREAKS.sub("\n", storable(unescape(unescape(text)))).split("\n")
            return "\n".join(line for raw in lines if (line := squeeze(_TAGS.sub("", raw))))
    return ""
