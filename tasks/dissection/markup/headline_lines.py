"""Headlines that no heading holds: lines of their own in whatever element, told by what the page declares or by the story under them."""

import re
from collections.abc import Collection, Iterator
from itertools import islice

from lxml.html import HtmlElement

from tasks.dissection.markup.declared import first_text
from tasks.dissection.markup.headings import MAX_CHARS, head_title
from tasks.dissection.markup.headline_places import (
    EQUAL,
    LEAST_PART,
    LONG,
    PART,
    Declared,
    PrintedLine,
    declared_titles,
    is_furniture,
    part_of,
)
from tasks.dissection.markup.outlet import leads_home, outlet_of
from tasks.dissection.markup.parsed_page import ParsedPage, once_per_page
from tasks.dissection.markup.story_place import story_holder
from tasks.dissection.markup.text_runs import RUN, lines_in
from tasks.dissection.words.names import says_role
from tasks.dissection.words.relative_times import relative_in
from tasks.dissection.words.sentences import is_running
from tasks.dissection.words.text import CJK, headline_key, line_key, width
from tasks.dissection.words.web_address import split_url

_LOUD = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "font", "big", "center"})
_NAMES_HEAD = re.compile(r"title|head|(?<![a-z])hd(?![a-z])|subject|(?<![a-z])bt(?![a-z])", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[:：]\d\d|^\W*\d+\W*$")
_MARKS = "-|_»>/·•~@"  # what a folded title has between the headline and what is added to it
_STOPS = (".", "。", "，", ",", ":", "：", ";", "；")
TIME_CHARS = 24  # of a line that is nothing but a time, such as "3 hours ago"
_BEGIN = re.compile(r"\w{1,3}")
_WORD = re.compile(r"[^\W\d_]{4,}")
ABOVE_STORY = 8  # lines between a headline that nothing declares and the first paragraph
STORY_LINES, STORY_CHARS = 60, 6000
MUCH = 0.4  # of a title
IN_STORY = 0.3  # share of the words of a headline that its story says again


def lines_as_declared(page: ParsedPage) -> Iterator[PrintedLine]:
    """Lines that are a declared title or a part of <title>, in no menu and no link to another page."""
    declared, title = declared_titles(page), head_title(page)
    known = frozenset(map(line_key, declared.titles))
    longest = max(map(len, (headline_key(title), *declared.titles)))
    words = "\n".join((title.casefold(), *declared.titles))
    for line, element in _lines(page):
        if len(line) > MAX_CHARS:
            continue
        for text in dict.fromkeys((line.replace(RUN, " "), *line.split(RUN))):
            begin = _BEGIN.search(text)
            if begin is None or begin[0].casefold() not in words:  # which spares nearly every line the comparing
                continue
            key = headline_key(text)
            if width(key) < LEAST_PART or len(key) > longest:
                continue
            level = _level(text, key, title, declared, known, len(key) / longest)
            if level and not is_furniture(page, element) and not _leads_elsewhere(page, element):
                yield PrintedLine(level, element, text, True)


def _level(text: str, key: str, title: str, declared: Declared, known: Collection[str], share: float) -> float:
    if line_key(text) in known:
        return EQUAL + share / 2
    return part_of(key, declared) or (PART + share if _is_end(text, title) else 0.0)


def lines_above_story(page: ParsedPage) -> Iterator[PrintedLine]:
    """The nearest line above the first paragraph that is set off, and of whose words the story says many again."""
    holder = story_holder(page)
    if holder is None:
        return
    lines = list(_lines(page))
    inside = {line for line, _ in lines_in(holder.element) if is_running(line.replace(RUN, " "))}
    first = next((index for index, (line, _) in enumerate(lines) if line in inside), 0)
    told = _words(" ".join(line for line, _ in lines[first : first + STORY_LINES])[:STORY_CHARS])
    titles, is_named = declared_titles(page).titles, first_text(page, "headline") or page.first_meta("og:title")
    least = 2 * share_told(head_title(page), told)
    for line, element in reversed(lines[max(0, first - ABOVE_STORY) : first]):
        text = line.split(RUN)[0] if line.count(RUN) > 1 else line.replace(RUN, " ")
        if not _may_be_headline(page, text, element):
            continue
        share = share_told(text, told)
        if share >= IN_STORY or (not titles and _is_set_off(element)):
            yield PrintedLine(0.5, element, text, not titles or (not is_named and share > least))


def share_told(text: str, told: set[str]) -> float:
    """Share of the words of a title that a story says."""
    words = _words(text)
    return len(words & told) / len(words) if words else 0.0


def _words(text: str) -> set[str]:
    """Words of four letters and more by their first five, so that cases and plurals are one; pairs of characters in Chinese and kin."""
    if CJK.search(text):
        key = headline_key(text)
        return {key[i : i + 2] for i in range(len(key) - 1)}
    return {word[:5] for word in _WORD.findall(text.casefold())}


def _may_be_headline(page: ParsedPage, text: str, element: HtmlElement) -> bool:
    if not 4 <= len(text) <= MAX_CHARS / 2 or _DATE.search(text) or says_role(text) or text.endswith(_STOPS):
        return False
    if len(text) <= TIME_CHARS and relative_in(text, None, hinted=False) is not None:
        return False
    return not outlet_of(page).is_sign(text) and not leads_home(page, element) and not is_furniture(page, element)


def _is_set_off(element: HtmlElement) -> bool:
    """Whether it or what is right around it is bold, large, or named as a headline."""
    near = (element, *islice(element.iterancestors(), 2))
    return any(node.tag in _LOUD or _NAMES_HEAD.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in near)


def _is_end(text: str, title: str) -> bool:
    """Whether <title> begins or ends with it, parted from the rest by a mark, or by a blank where it is no little part."""
    key, whole = text.casefold().strip(), title.casefold().strip()
    if len(key) >= len(whole) or width(key) < LONG:
        return False
    rest = whole[len(key) :] if whole.startswith(key) else whole[: -len(key)][::-1] if whole.endswith(key) else ""
    return bool(rest) and rest.lstrip()[:1] in _MARKS if rest[:1] != " " or len(key) < MUCH * len(whole) else True


def _leads_elsewhere(page: ParsedPage, element: HtmlElement) -> bool:
    """Whether it is a link to another page than this one."""
    own = {split_url(url).path for url in (page.url, (page.canonical or (None,))[0]) if url}
    links = [*islice((node for node in (element, *element.iterancestors()) if node.tag == "a"), 1), *islice(element.iter("a"), 3)]
    return not all(split_url(page.absolute(link.get("href"))).path in own for link in links)


@once_per_page
def _lines(page: ParsedPage) -> list[tuple[str, HtmlElement]]:
    return list(lines_in(page.tree))
