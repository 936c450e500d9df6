"""Bylines as readers see them: marked elements and lines that say who wrote."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from tasks.dissection.headline import Piece, headline_area, shown_text
from tasks.dissection.names import is_nobody, looks_like_name, says_role, split_names
from tasks.dissection.outlet import Outlet
from tasks.dissection.parsed_page import ParsedPage, squeeze

MAX_BYLINE_CHARS = 160
_AUTHOR_MARK = re.compile(r"(?<![a-z])(?:authors?|byline|writer|autor(?:en|es|in)?|auteurs?|reporter|journalist|signature|penulis|yazar|author[-_ ]?name)(?![a-z])|\b(?:byl|by-line)\b", re.IGNORECASE)
_FOREIGN_MARK = re.compile(r"comment|reply|user|avatar|related|recommend|popular|listing|teaser|card|newsletter|sidebar|share|bio\b|intro|desc|follow|social|reward|footer|tie-|date|time", re.IGNORECASE)
_MARKED = etree.XPath("//*[not(self::meta or self::link or self::script or self::body)][@rel='author' or @itemprop='author' or contains(@class,'author') or contains(@class,'byline') or contains(@class,'Author') or contains(@class,'Byline')]")
# （记者宋晨、田中全） and （记者 唐霁） at either end of a Chinese story; 文|林子沛; 作者：…
_CJK_BYLINE = re.compile(r"(?:[（(]\s*(?:[^（()）]{0,12}?)(?:本报|本刊|新华社|见习|实习|特约|文字|驻\S{1,6})?(?:记者|記者|撰文|作者|采写|文)[\s：:|/丨]*(?P<bracketed>[^（()）]{2,60})[）)])|(?:(?:^|[\s　|])(?:作者|撰文|采写|文字|文|(?:\S{0,4}[报社网])?记者|記者)\s?[：:|/｜丨]\s?(?P<labelled>[^\s（(：:|｜]{2,40}))")
_STOP = re.compile(r"\s(?:in|on|at|am|le|el|il|um|à|den|published|updated|veröffentlicht|publié|\d)\s?|\s[|•·–—-]\s|\d{4}")


def printed_bylines(page: ParsedPage, outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    """(place, text as printed, names) of every byline, nearest to the headline first."""
    area = headline_area(page)
    pieces = sorted(area.pieces, key=lambda p: abs(p.distance))
    yield from _marked_near(pieces, outlet)
    yield from _labelled(area.pieces, outlet)
    yield from _marked_anywhere(page, outlet)


def _marked_near(pieces: list[Piece], outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    seen: set[int] = set()
    for piece in pieces:
        element = _marked_ancestor(piece.element)
        if element is None or id(element) in seen:
            continue
        seen.add(id(element))
        yield from _read("marked", element, outlet)


def _marked_anywhere(page: ParsedPage, outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    for element in _MARKED(page.tree)[:40]:
        if not any(_is_foreign(a) for a in (element, *element.iterancestors()) if a.tag not in ("body", "html", "main", "article")):
            yield from _read("marked", element, outlet)


def _marked_ancestor(element: HtmlElement) -> HtmlElement | None:
    """The element or one of its two parents that is marked as the author's, none of them as someone else's."""
    node: HtmlElement | None = element
    for _ in range(3):
        if node is None or node.tag in ("body", "article", "main"):
            return None
        if _is_foreign(node):
            return None
        name = f"{node.get('class') or ''} {node.get('id') or ''}"
        if node.get("rel") == "author" or node.get("itemprop") == "author" or _AUTHOR_MARK.search(_spaced(name)):
            return node
        node = node.getparent()
    return None


def _spaced(name: str) -> str:
    """storyAuthorName as story-Author-Name: so that marks are whole words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)


def _is_foreign(element: HtmlElement) -> bool:
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in ("nav", "footer", "aside") or bool(_FOREIGN_MARK.search(name))


def _read(place: str, element: HtmlElement, outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    text = shown_text(element)
    if not text or says_role(text) == "other":
        return
    inner = [e for e in element.iter() if e.get("itemprop") == "name" or e.get("rel") == "author"]
    links = inner or [a for a in element.iter("a") if shown_text(a)]
    for candidate in ([shown_text(e) for e in links] if links and len(links) <= 6 else []), [text]:
        names = [n for t in candidate for n in _names(t, outlet)]
        if names:
            yield place, text[:MAX_BYLINE_CHARS], list(dict.fromkeys(names))
            return


def _names(text: str, outlet: Outlet) -> list[str]:
    """Names of a printed byline, without the affiliation that follows one: David Straub, MDR THÜRINGEN."""
    if len(text) > MAX_BYLINE_CHARS:
        return []
    names = split_names(_STOP.split(text)[0])
    return [n for i, n in enumerate(names) if not (i and outlet.starts(n))]


def _labelled(pieces: tuple[Piece, ...], outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    """Lines that begin with By, von, 作者, and Chinese credits in brackets."""
    for i, piece in enumerate(pieces):
        for match in _CJK_BYLINE.finditer(piece.text):
            names = split_names(match["bracketed"] or match["labelled"])
            names = [n for n in names if len(n) <= 6 or " " in n]
            if names:
                yield "labelled", squeeze(match[0]), names
        if len(piece.text) > MAX_BYLINE_CHARS or says_role(piece.text) != "author":
            continue
        text = piece.text
        rest = split_names(_STOP.split(text)[0])
        if not rest or all(is_nobody(n) for n in rest) or says_role(text.strip()) and len(text.split()) == 1:
            text = f"{text} " + (pieces[i + 1].text if i + 1 < len(pieces) else "")
        names = _names(text, outlet)
        if names and all(_is_capitalised(n) for n in names):
            yield "labelled", text, names


def _is_capitalised(name: str) -> bool:
    """Names begin with capitals, where the script has them: "By the time he left" names nobody."""
    words = name.split()
    return bool(words) and looks_like_name(name) and not words[0][0].islower() and len(words) <= 5
