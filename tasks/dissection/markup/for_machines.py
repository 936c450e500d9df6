"""What a page tells machines and no reader sees: read off its tree in one pass, and then cut out of the body."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from tasks.dissection.markup.loose_json import flattened, read_json
from tasks.dissection.markup.well_formed import storable_json
from tasks.dissection.words.text import squeeze

META_KEYS = frozenset(("name", "property", "itemprop", "http-equiv"))
# Elements that hold no text for readers: no region reads them, and half of many a page is scripts.
NO_TEXT = (
    "script", "svg", "template", "iframe", "object", "embed", "canvas", "link", "meta", "input", "select", "textarea", "noscript",
)  # fmt: skip
STORY_CHARS = 1000  # of a <noscript>: notices are shorter


@dataclass(slots=True)
class ForMachines:
    """`meta` are contents by lower-case name, property, itemprop or http-equiv; all in page order, none empty."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    json_ld: list[dict[str, Any]] = field(default_factory=list)  # every object that is top-level or in @graph
    canonical: list[str] = field(default_factory=list)  # hrefs as printed
    base: str | None = None  # href as printed; empty where <base> has an empty one
    scripts: list[HtmlElement] = field(default_factory=list)  # no more in the tree where they stood in its body
    notices: list[HtmlElement] = field(default_factory=list)  # the same of what is shown where scripts do not run


def read_for_machines(tree: HtmlElement) -> ForMachines:
    """What the tree tells machines; its body is without NO_TEXT afterwards."""
    found = ForMachines()
    for element in tree.iter("meta", "script", "link", "base", "noscript"):
        tag = element.tag
        if tag == "meta":
            _add_meta(found.meta, element)
        elif tag == "script":
            found.scripts.append(element)
            if "ld+json" in (element.get("type") or "").lower():
                found.json_ld.extend(_json_ld_nodes(element.text or ""))
        elif tag == "link":
            if (href := element.get("href")) and "canonical" in (element.get("rel") or "").lower().split():
                found.canonical.append(href)
        elif tag == "noscript":
            found.notices.append(element)
        elif found.base is None:
            found.base = element.get("href")
    body = tree.find("body")
    shown = tree if body is None else body
    for notice in found.notices:
        if _is_picture(notice):
            notice.tag = "span"
    strip_elements(shown, *NO_TEXT, with_tail=False)
    found.notices = [notice for notice in found.notices if notice.tag == "noscript" and not _is_story(notice, shown)]
    return found


def _is_picture(notice: HtmlElement) -> bool:
    """Whether it is one picture and no text: lazy loaders print it so beside an empty one. Trackers stand at the ends of the body."""
    parent = notice.getparent()
    is_in_page = parent is not None and parent.tag not in ("body", "head", "html")
    return is_in_page and len(list(notice.iter("img"))) == 1 and not (notice.text_content() or "").strip()


def _is_story(notice: HtmlElement, shown: HtmlElement) -> bool:
    """Whether it is the page itself, for readers without scripts; it then becomes a part of what is shown."""
    text = squeeze(notice.text_content())
    if len(text) < STORY_CHARS or len(text) <= len(squeeze(shown.text_content())):
        return False
    notice.tag = "div"
    shown.append(notice)
    return True


def _add_meta(meta: dict[str, list[str]], element: HtmlElement) -> None:
    if content := squeeze(element.get("content")):
        for key in dict.fromkeys([value for name, value in element.items() if name in META_KEYS and value]):
            meta.setdefault(key.strip().lower(), []).append(content)


def _json_ld_nodes(text: str) -> Iterator[dict[str, Any]]:
    for item in flattened(list(storable_json(read_json(text), text))):
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (node for node in graph if isinstance(node, dict)) if isinstance(graph, list) else ()
