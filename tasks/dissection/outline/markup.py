"""A page's own markup made harmless: no script, no style, no address that a browser could ask for."""

from lxml.html import Element, HtmlElement

from tasks.dissection.outline.marks import Marks
from tasks.dissection.outline.region import Region

# What HTML calls flow and phrasing content, without what loads, runs, submits or hides. Every other element becomes a <div>.
KEPT_TAGS = frozenset((
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
    "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "i", "ins", "kbd", "li", "main", "mark", "menu", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby",
    "s", "samp", "section", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
    "u", "ul", "var", "wbr",
))  # fmt: skip
KEPT_ATTRIBUTES = frozenset(("dir", "lang", "colspan", "rowspan", "start", "datetime"))
DROPPED_TAGS = frozenset((
    "script", "style", "link", "meta", "base", "head", "iframe", "object", "embed", "video", "audio", "canvas", "template", "input",
))  # fmt: skip
PICTURES = ("img", "image", "picture")


def harmless(tree: HtmlElement, regions: list[Region], marks: Marks) -> HtmlElement:
    """The page's body, changed in place: marked elements carry the classes, the name and the anchor of their regions."""
    body = tree.find("body")
    root = tree if body is None else body
    for element in list(root.iter()):
        if element.tag in DROPPED_TAGS:
            _drop(element)
        else:
            _clean(element, regions, marks)
    root.tail = None
    root.tag = "div"
    return root


def _clean(element: HtmlElement, regions: list[Region], marks: Marks) -> None:
    numbers = marks.by_element.get(element, [])
    told = {name: element.get(name, "") for name in KEPT_ATTRIBUTES if name in element.attrib}
    shown = " ".join(f"{name}={value!r}" for name in ("class", "id") if (value := element.get(name)))
    picture = element.get("alt") if element.tag in PICTURES else None
    element.attrib.clear()
    for name, value in told.items():
        element.set(name, value)
    if element.tag in PICTURES:
        element.text, element.tag = f"[image{': ' + picture if picture else ''}]", "span"
        element.set("class", "picture")
    elif element.tag not in KEPT_TAGS:
        element.tag = "div"
    if numbers:
        _mark(element, [regions[n] for n in numbers], shown)
        for number in (n for n in numbers if marks.found[n][0] is element):
            _anchor(element, number)


def _mark(element: HtmlElement, regions: list[Region], shown: str) -> None:
    kinds = dict.fromkeys(region.kind for region in regions)
    element.set("class", " ".join(["mark", *kinds]))
    element.set("data-name", " · ".join(dict.fromkeys(region.name for region in regions)))
    said = [f"{region.name}: {region.value[:200]}\n{region.why}".strip() for region in regions]
    element.set("title", "\n\n".join([*said, shown] if shown else said))


def _anchor(element: HtmlElement, number: int) -> None:
    """Where the panel's link to the region leads; in an element of its own, since several regions may be one element."""
    anchor = Element("span", id=f"r{number}")
    anchor.tail, element.text = element.text, None
    element.insert(0, anchor)


def _drop(element: HtmlElement) -> None:
    """Take the element out of the tree; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
