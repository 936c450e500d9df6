"""The body as JSON-LD gives it: what is left where the page's own text is drawn by scripts or cut off at a paywall."""

import re
from html import unescape

from tasks.dissection.markup.declared import article_nodes, texts_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.text import line_key, squeeze, storable

LEAST_LABEL = 4  # letters; two Chinese characters name a section, and a subhead as well
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


def declared_labels(page: ParsedPage) -> frozenset[str]:
    """Authors and sections that the page names for machines, folded: a line of its body that is one of them is a label."""
    named = [text for node in article_nodes(page) for key in ("author", "articleSection") for text in texts_of(node.get(key))]
    named += [text for name in ("author", "article:author", "article:section", "byl") for text in page.meta.get(name, ())]
    return frozenset(key for text in named if len(key := line_key(text)) >= LEAST_LABEL)
