"""Where on a page a text is printed: by the element that says just this, else by the smallest that says this and more."""

from collections import defaultdict
from collections.abc import Collection

from lxml.etree import SubElement
from lxml.html import HtmlElement

from tasks.dissection.words.text import headline_key

MOST_CHARS = 20_000  # of an element that may be a paragraph; what is longer holds many
LEAST_CHARS = 4  # of a text that is looked for inside longer ones: shorter ones are anywhere
UNSEEN = ("script", "noscript", "template", "head")


class Texts:
    """The folded texts of a tree's elements, and their order."""

    def __init__(self, tree: HtmlElement) -> None:
        self._folded: dict[HtmlElement, str] = {}
        self._order: dict[HtmlElement, int] = {}
        self._by_text: dict[str, list[HtmlElement]] = defaultdict(list)
        self._read(tree)
        self._root = tree
        self._taken: set[HtmlElement] = set()
        self._last = 0  # how far the article has been followed

    def exactly(self, text: str, avoid: Collection[HtmlElement] = ()) -> HtmlElement | None:
        """The innermost element that says just this: the next one after the last that was found, else the first."""
        said = [e for e in self._by_text.get(headline_key(text), ()) if not _is_within(e, avoid)]
        innermost = [e for e in said if not any(child in said for child in e)]
        found = next((e for e in innermost if self._order[e] > self._last), innermost[0] if innermost else None)
        if found is not None:
            self._last = self._order[found]
        return found

    def inside(self, element: HtmlElement, text: str) -> HtmlElement | None:
        """The innermost element within `element` that says just this, the first that has not been asked for: an item of a listing."""
        for found in reversed(self._by_text.get(headline_key(text), [])):
            if found not in self._taken and (found is element or element in found.iterancestors()):
                self._taken.add(found)
                return found
        return None

    def around(self, text: str, avoid: Collection[HtmlElement] = ()) -> HtmlElement | None:
        """The smallest element that says this among other things."""
        wanted = headline_key(text)
        if len(wanted) < LEAST_CHARS or wanted not in self._folded.get(self._root, ""):
            return None
        found = self._root
        while (child := next((c for c in found if wanted in self._folded.get(c, "") and c not in avoid), None)) is not None:
            found = child
        return found

    def wrapped(self, element: HtmlElement, text: str) -> list[HtmlElement]:
        """The runs of text of `element` that are parts of `text`, each put into a span of its own: lines between line breaks."""
        wanted, spans = headline_key(text), []
        for before in [None, *element]:
            said = headline_key(element.text if before is None else before.tail)
            if len(said) >= LEAST_CHARS and (said in wanted or wanted in said):
                spans.append(_in_span(element, before))
        return spans

    def _read(self, element: HtmlElement) -> str:
        """Fill the tables, children before parents, and give the whole text."""
        self._order = {each: number for number, each in enumerate(element.iter(), 1)}
        for each in reversed(list(self._order)):
            parts = [headline_key(each.text)] if each.tag not in UNSEEN else []
            for child in each if each.tag not in UNSEEN else ():
                parts += [self._folded.get(child, ""), headline_key(child.tail)]
            self._folded[each] = "".join(parts)
        for each in self._order:
            if 0 < len(self._folded[each]) <= MOST_CHARS:
                self._by_text[self._folded[each]].append(each)
        return self._folded[element]


def _is_within(element: HtmlElement, others: Collection[HtmlElement]) -> bool:
    return bool(others) and (element in others or any(a in others for a in element.iterancestors()))


def _in_span(element: HtmlElement, before: HtmlElement | None) -> HtmlElement:
    """A span around the element's own text, or around the tail of one of its children."""
    span = SubElement(element, "span")
    if before is None:
        span.text, element.text = element.text, None
        element.insert(0, span)
    else:
        span.text, before.tail = before.tail, None
        before.addnext(span)
    return span
