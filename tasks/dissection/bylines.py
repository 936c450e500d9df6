"""Bylines as readers see them: marked elements and lines that say who wrote."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from tasks.dissection.folding import fold
from tasks.dissection.headline import Piece, headline_area
from tasks.dissection.names import PARTICLES, is_nobody, looks_like_name, says_role, split_names
from tasks.dissection.outlet import Outlet
from tasks.dissection.page_locale import locale_of
from tasks.dissection.parsed_page import ParsedPage, squeeze
from tasks.dissection.text_runs import runs_in, shown_text

MAX_BYLINE_CHARS = 160
_AUTHOR_MARK = re.compile(
    r"(?<![a-z])(?:authors?|byline|byl|by-line|writer|autor(?:en|es|in)?|auteurs?|reporter|journalist|signature|penulis|yazar)(?![a-z])",
    re.IGNORECASE,
)
# Class names of readers, of other stories, and of what stands beside an author: biographies, dates, buttons.
_FOREIGN_MARK = re.compile(
    r"comment|reply|user|avatar|related|recommend|popular|listing|teaser|card|newsletter|sidebar|share|bio\b|intro|desc"
    r"|follow|social|reward|footer|tie-|date|time",
    re.IGNORECASE,
)
# (what the page's source must hold for the search to be worth its 0.6 ms, the search), in the order they are tried.
_MARKED = (
    (("uthor",), etree.XPath("descendant::a[@rel='author'] | descendant::*[contains(@class,'uthor')]")),
    (("yline", 'itemprop="author'), etree.XPath("descendant::*[contains(@class,'yline') or @itemprop='author']")),
)
# （记者宋晨、田中全） and （记者 唐霁） at either end of a Chinese story; 文|林子沛; 作者：…
_CJK_BYLINE = re.compile(
    r"[（(【][^（()）】]{0,14}?(?:记者|記者|撰文|作者|采写|文)[\s：:|/丨]*(?P<bracketed>[^（()）】]{2,60})(?:[）)】]|$)"
    r"|(?:^|[\s|])(?:(?:作者|撰文|采写|文字|文|执笔|執筆|撰稿)\s?[：:|/｜丨]|[^\s，。：:]{0,8}(?:记者|記者)\s?[：:|/｜丨\s])\s?(?P<labelled>[^，。：:｜|（(]{2,40})"
)
_SOURCE = re.compile(r"(?:来源|來源|稿源|出处|转自|轉自)\s?[：:]\s?(\S{0,30})")
_PATH = re.compile(r"\s[>»›]\s|^当前位置")
CONNECTORS = frozenset({",", "and", "und", "et", "y", "&", "、", "og", "och", "e", "и", "en"})
_LONG_PARAGRAPH = 80
_SENTENCE_END = re.compile(r"[.!?…:。！？]$")
_STOP = re.compile(r"\s(?:in|on|at|am|le|el|il|um|à|den|published|updated|veröffentlicht|publié|\d)\s?|\s[|•·–—-]\s|\d{4}")


def printed_bylines(page: ParsedPage, outlet: Outlet, body: str | None) -> Iterator[tuple[str, str, list[str]]]:
    """(place, text as printed, names) of every byline, nearest to the headline first."""
    area = headline_area(page)
    pieces = sorted(area.pieces, key=lambda p: abs(p.distance))
    yield from _labelled(area.pieces, outlet)
    yield from _signed(body or "")
    yield from _marked_near(pieces, outlet)
    yield from _marked_anywhere(page, outlet)
    yield from _signed_with_a_name(page, outlet)


def printed_sources(page: ParsedPage) -> set[str]:
    """Outlets that a Chinese page names as the story's source near its headline, folded: 来源：新京报.

    Chinese systems copy the source into <meta name=author>; elsewhere a source line names an agency that did write.
    """
    pieces = headline_area(page).pieces if locale_of(page).language == "zh" else ()
    found: set[str] = set()
    for i, piece in enumerate(pieces):
        if match := _SOURCE.search(piece.text):
            following = pieces[i + 1].text if i + 1 < len(pieces) else ""
            found.add(fold(match[1] or following))
        elif any("source" in (e.get("class") or "").lower() for e in (piece.element, piece.element.getparent()) if e is not None):
            found.add(fold(piece.text))
    return found - {""}


def _signed(body: str) -> Iterator[tuple[str, str, list[str]]]:
    """Names in the first and the last lines of a Chinese story: （记者唐霁）, 扬子晚报记者 张楠."""
    lines = body.split("\n")
    for line in dict.fromkeys([*lines[:2], *lines[-3:]]):
        for match in (*_CJK_BYLINE.finditer(line[:100]), *_CJK_BYLINE.finditer(line[-60:])):
            if names := _cjk_names(match["bracketed"] or match["labelled"]):
                yield "signed", squeeze(match[0]), names


def _signed_with_a_name(page: ParsedPage, outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    """A paragraph that is a name and no more, right after the last long one of the story."""
    heading = headline_area(page).heading
    paragraphs = [] if heading is None else list(_story_of(heading).iter("p"))
    for paragraph in reversed(paragraphs):
        text = shown_text(paragraph)
        if len(text) > _LONG_PARAGRAPH:
            return
        before = paragraph.getprevious()
        if not text or len(text) > 60 or before is None or before.tag != "p" or len(shown_text(before)) < _LONG_PARAGRAPH:
            continue
        names = [] if _SENTENCE_END.search(text) else _names(text, outlet)
        if names and all(2 <= len(n.split()) <= 4 and n[0].isupper() for n in names):
            yield "signed", text, names


def _cjk_names(text: str) -> list[str]:
    """Names after 记者 and the like; blanks part them too, and longer ones are no names."""
    return [n for part in text.split() for n in split_names(part) if len(n) <= 5]


def _marked_near(pieces: list[Piece], outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    seen: set[int] = set()
    for piece in pieces:
        element = _marked_ancestor(piece.element)
        if element is None or id(element) in seen:
            continue
        seen.add(id(element))
        yield from _read("marked", element, outlet)


def _marked_anywhere(page: ParsedPage, outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    heading = headline_area(page).heading
    scope = page.tree if heading is None else _story_of(heading)
    searches = (search for marks, search in _MARKED if any(mark in page.html for mark in marks))
    for element in (e for search in searches for e in search(scope)[:40]):
        if element.tag in ("meta", "link", "script", "body"):
            continue
        if not any(_is_foreign(a) for a in (element, *element.iterancestors()) if a.tag not in ("body", "html", "main", "article")):
            yield from _read("marked", element, outlet)


def _story_of(heading: HtmlElement) -> HtmlElement:
    """What most likely holds the story and nothing else: the <article> or <main> around the headline, else its sixth parent."""
    ancestors = [a for a in heading.iterancestors() if a.tag not in ("body", "html")]
    marked = next((a for a in ancestors if a.tag in ("article", "main")), None)
    if marked is not None:
        return marked
    return ancestors[min(5, len(ancestors) - 1)] if ancestors else heading.getparent()


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
    runs = [text for text, _ in runs_in(element)]
    text = " ".join(runs)
    if not text or says_role(text) == "other" or _PATH.search(text) or text.endswith((":", "：")):
        return
    inner = [e for e in element.iter() if e.get("itemprop") == "name" or e.get("rel") == "author"]
    links = inner or [a for a in element.iter("a") if shown_text(a)]
    # job titles and places follow a name as runs of their own; without a comma or "and" the first run with a name is all
    joined = text if any(r.strip() in CONNECTORS for r in runs) else None
    for candidate in ([shown_text(e) for e in links] if len(links) <= 6 else []), *([[joined]] if joined else ([r] for r in runs)), [text]:
        names = [n for t in candidate for n in _names(t, outlet)]
        if names:
            yield place, text[:MAX_BYLINE_CHARS], list(dict.fromkeys(names))
            return


def _names(text: str, outlet: Outlet) -> list[str]:
    """Names of a printed byline, without the affiliation that follows one: David Straub, MDR THÜRINGEN."""
    if len(text) > MAX_BYLINE_CHARS:
        return []
    names = split_names(_STOP.split(text)[0])
    return [n for i, n in enumerate(names) if not (i and outlet.starts(n)) and _is_capitalised(n)]


def _labelled(pieces: tuple[Piece, ...], outlet: Outlet) -> Iterator[tuple[str, str, list[str]]]:
    """Lines that begin with By, von, 作者, and Chinese credits in brackets."""
    for i, piece in enumerate(pieces):
        for match in _CJK_BYLINE.finditer(piece.text):
            if names := _cjk_names(match["bracketed"] or match["labelled"]):
                yield "labelled", squeeze(match[0]), names
        if len(piece.text) > MAX_BYLINE_CHARS or says_role(piece.text) != "author":
            continue
        text = piece.text
        rest = split_names(_STOP.split(text)[0])
        if not rest or all(is_nobody(n) for n in rest) or (says_role(text.strip()) and len(text.split()) == 1):
            text = f"{text} " + (pieces[i + 1].text if i + 1 < len(pieces) else "")
        names = _names(text, outlet)
        if names and all(_is_capitalised(n) for n in names):
            yield "labelled", text, names


def _is_capitalised(name: str) -> bool:
    """Names begin with capitals, where the script has them: "By the time he left" names nobody."""
    words = name.split()
    small = [w for w in words if w[0].islower() and w not in PARTICLES]
    return bool(words) and looks_like_name(name) and not small and len(words) <= 5
