"""Whose date it is that is printed in an element: the article's, or that of a comment, another story, or today."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from tasks.dissection.markup.parsed_page import text_of
from tasks.dissection.words.text import headline_key, squeeze, width

_OF_THE_PAGE = ("nav", "footer")
TEASER_WIDTH = 45  # of a link's text, from which it is a headline: names of authors and outlets are shorter
STORY_CHARS = 600  # of an element's text, from which it holds the story: what is linked there is no teaser
TEASER_LEVELS = 5  # elements around a date that may be its teaser card
ENTRY_WIDTH = 30  # by which a link or card is wider than its date where it holds a headline as well
# Lists and entries of comments; a comment count or a link to them stands in many date lines.
_COMMENT = re.compile(
    r"(?:^|[-_\s])(?:comments?|kommentare?|commentaires?|comentarios?)(?:$|\s|[-_](?:list|body|item|text|meta|content|area|wrap|section|thread|box|\d))"
    r"|(?:^|\s)comment-?(?:list|body|meta|\d)|disqus",
    re.IGNORECASE,
)
_NO_STORY = re.compile(
    r"/(?:authors?|autor(?:en|es|a)?|auteurs?|profiles?|people|reporters?|journalist[eas]*"
    r"|categor(?:y|ies|ie|ia|ias)|tags?|topics?|genres?|keywords?|rubrik|rubrique|search)/",
    re.IGNORECASE,
)
_MASTHEAD = re.compile(
    r"(?:^|[-_\s])(?:mast-?head|site-?header|page-?header|top-?bar|nav-?bar|news-?bar|date-?in-?header|(?:current|todays?)-?date|clock|weather)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The headline's ancestors, beyond which nothing is asked, and its text, folded; or those of where the story begins.

    `apart`: elements that are known to stand apart, where that cannot be told from the ancestors.
    """

    ancestors: frozenset[HtmlElement]
    title: str
    apart: frozenset[HtmlElement] | None = None

    @classmethod
    def of(cls, heading: HtmlElement | None, apart: frozenset[HtmlElement] | None = None) -> "Surroundings":
        if heading is None:
            return cls(frozenset(), "", apart)
        return cls(frozenset(heading.iterancestors()), headline_key(text_of(heading)), apart)

    def refusal_of(self, element: HtmlElement, *, is_above: bool) -> str | None:
        """Why a date printed in `element` is not the article's, or None. `is_above`: it stands above the headline."""
        node: HtmlElement | None = element
        level, shown = 0, width(text_of(element))
        while node is not None and node not in self.ancestors and node.tag not in ("body", "html"):
            names = f"{node.get('class') or ''} {node.get('id') or ''}"
            if _COMMENT.search(names):
                return "a comment's"
            if is_above and ((node.tag == "header" and not _is_in_article(node)) or _MASTHEAD.search(names)):
                return "the day on which the page is read, in its masthead"
            if level < TEASER_LEVELS and self._is_teaser(node, shown):
                return "another story's, beside its headline"
            node, level = node.getparent(), level + 1
        return None

    def is_apart(self, element: HtmlElement) -> bool:
        """Whether an element above the headline stands outside of what holds the article: what it shares with it holds the story, too."""
        if self.apart is not None:
            return element in self.apart
        shared = next((node for node in element.iterancestors() if node in self.ancestors), None)
        if shared is None or shared.tag in ("body", "html"):
            return True
        return not _is_in_article(shared) and (
            _short_text(shared) == "" or any(shared.find(f".//{tag}") is not None for tag in _OF_THE_PAGE)
        )

    def is_beside(self, element: HtmlElement) -> bool:
        """Whether an element shares with the headline something that holds little else, as a date line above it does."""
        shared = next((node for node in element.iterancestors() if node in self.ancestors), None)
        return shared is not None and _short_text(shared) != ""

    def _is_teaser(self, node: HtmlElement, shown: int) -> bool:
        """Whether it holds a date and the headline of another story."""
        if node.tag == "a":
            return width(_short_text(node)) > shown + ENTRY_WIDTH
        links = [] if len(node) == 0 else list(node.iter("a"))
        if not links or not shown + ENTRY_WIDTH < width(_short_text(node)):
            return False
        headlines = (_short_text(link) for link in links if not _leads_to_list(link))
        return any(width(text) >= TEASER_WIDTH and headline_key(text) not in self.title for text in headlines)


def _is_in_article(element: HtmlElement) -> bool:
    return any(node.tag in ("article", "main") for node in (element, *element.iterancestors()))


def _leads_to_list(link: HtmlElement) -> bool:
    """Whether it leads to who wrote or to a category: the names of four authors in one link are as long as a headline."""
    rel = link.get("rel") or ""
    return "author" in rel or "tag" in rel or _NO_STORY.search(link.get("href") or "") is not None


def _short_text(element: HtmlElement) -> str:
    """Its text, squeezed; empty where it is so much that the element holds the story."""
    parts, chars = [], 0
    for text in element.itertext():
        parts.append(text)
        chars += len(text) if not text.isspace() else 0
        if chars > STORY_CHARS:
            return ""
    return squeeze(" ".join(parts))
