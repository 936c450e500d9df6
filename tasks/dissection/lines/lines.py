"""The lines of an extracted text, without what its extractor wrote around them: bullets, link marks, hard breaks."""

import re
from dataclasses import dataclass

from tasks.dissection.words.months import month_number
from tasks.dissection.words.sentences import SENTENCE_END

# What extractors and mirrors set before an item: html2text "*", lynx "*" "o" "+", resiliparse "•", w3m "•" "◦", trafilatura "-".
_BULLET = re.compile(r"[-–—•·∙◦▪■●○◆*+»›>▶►\ufffd]+(?:\s+|$)|o\s+(?=[A-Z\[])")
_TRAILING_MARKS = "-–—•·|"
_TRAILING = re.compile(rf"\s+[{_TRAILING_MARKS}]+$")
_RESIDUE = re.compile(r"</[a-z][a-z0-9]*>\s*$")  # of a tag that damage had hidden from the extractor
_NUMBER = re.compile(r"\d{1,2}\s?[.)、．]\s*(?=\S)(?!\d)")
_HEADING = re.compile(r"#{1,6}\s+")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\[\]]+)\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_REFERENCE = re.compile(r"\s*(\d{1,4})\.\s+((?:https?|ftp|mailto|file|javascript):\S+)\s*$")
_REFERRED = re.compile(r"\[(\d{1,4})\](?=\S)")
_INVISIBLE = "\ufeff\u200b\u200c\u200e\u200f\u2060\xad\ufffc"  # marks of direction and of objects
LEAST_REFERENCES = 3  # addresses listed at the end of a text that make its [1] marks of links
WRAPPED_WIDTH = range(60, 133)  # columns at which w3m, lynx and html2text break lines: 72 to 80, terminals up to 132
LEAST_BROKEN = 3  # lines broken so
LONGEST_WORD = 16  # columns that a program mostly leaves free at most
FULL_SHARE = 0.8
ENDED_SHARE = 0.4  # sentences end anywhere in a line, so few lines do with one


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `number` is 1-based in the text as given, blank lines counted; `text` is never empty."""

    number: int
    text: str
    begins: bool = False  # a bullet, a bare dash or a number stands before it; the number stays in the text
    href: str | None = None  # where the whole line is a link
    is_spaced: bool = False  # blank lines stand above it
    is_heading: bool = False  # marked as one


_NOTHING: tuple[str, bool, str | None, bool] = ("", False, None, False)


def read_lines(text: str) -> list[Line]:
    """Every line with something on it, in order."""
    for mark in _INVISIBLE:  # a tenth of the time of one translation
        text = text.replace(mark, "")
    printed = text.splitlines()
    addresses = _references(printed)
    lines: list[Line] = []
    begins = is_spaced = False
    for number, raw in enumerate(_unwrapped(printed), 1):
        if raw is None or (addresses and _REFERENCE.match(raw)):
            continue
        text = raw.strip()
        text = _RESIDUE.sub("", text) if text[-1:] == ">" else text
        shown, is_item, href, is_heading = _read(text, addresses) if text else _NOTHING
        if not shown:
            begins, is_spaced = begins or is_item, is_spaced or not is_item
            continue
        bare = _TRAILING.sub("", shown) if shown[-1] in _TRAILING_MARKS else shown
        lines.append(Line(number, bare, is_item or begins, href, is_spaced, is_heading))
        begins, is_spaced = bare != shown, False
    return lines


def _read(text: str, addresses: dict[str, str]) -> tuple[str, bool, str | None, bool]:
    """(text, whether it begins an item, its link, whether it is a heading); empty text where nothing but marks stands on it."""
    found = _BULLET.match(text)
    text = text[found.end() :] if found else text
    mark = _HEADING.match(text) if text[:1] == "#" else None
    text = text[mark.end() :] if mark else text
    href = None
    if "[" in text:
        text, href = _without_links(text, addresses)
    if "**" in text or "__" in text:
        text = _EMPHASIS.sub(r"\2", text)
    text = text.strip()
    return text, found is not None or _is_numbered(text), href, mark is not None


def _is_numbered(text: str) -> bool:
    """Whether a number begins it that counts an item, and not the day of a date: 3. Mai."""
    found = _NUMBER.match(text)
    return found is not None and month_number(text[found.end() :].split(maxsplit=1)[0], None) is None


def _without_links(text: str, addresses: dict[str, str]) -> tuple[str, str | None]:
    """Text as readers see it, and the address where one link is the whole of it, or all but what stands beside a headline."""
    text = _IMAGE.sub("", text)
    links = _LINK.findall(text)
    text = _LINK.sub(r"\1", text)
    marks = _REFERRED.findall(text) if addresses else []
    if marks:
        text = _REFERRED.sub("", text)
        links += [(text, addresses[mark]) for mark in marks if mark in addresses]
    text = text.strip()
    whole = [href for shown, href in links if 2 * len(shown.strip()) >= len(text)]
    return text, whole[0] if len(whole) == 1 else None


def _references(printed: list[str]) -> dict[str, str]:
    """Addresses by the number that marks their links, as lynx lists them at the end."""
    found = [match for line in printed if "://" in line and (match := _REFERENCE.match(line))]
    return {match[1]: match[2] for match in found} if len(found) >= LEAST_REFERENCES else {}


def _unwrapped(printed: list[str]) -> list[str | None]:
    """Lines with hard breaks undone, None for those that were joined to the one above.

    A program breaks a line where the next word does not fit: so no line is wider than its width, and a line was broken
    exactly where the first word of the next one would have crossed it.
    """
    width = max((len(line.rstrip()) for line in printed), default=0)
    if width not in WRAPPED_WIDTH:
        return list(printed)
    broken = [_is_broken(line, below, width) for line, below in zip(printed, [*printed[1:], ""], strict=True)]
    if not _is_by_program([line.rstrip() for line, is_broken in zip(printed, broken, strict=True) if is_broken], width):
        return list(printed)
    joined: list[str | None] = []
    top = 0
    for index, line in enumerate(printed):
        if index and broken[index - 1]:
            joined[top] = f"{joined[top]} {line.strip()}"
            joined.append(None)
        else:
            top = index
            joined.append(line.rstrip())
    return joined


def _is_by_program(broken: list[str], width: int) -> bool:
    """Whether lines seem broken at a width: nearly as long as it, and amid sentences. Headlines of a list are as long as they are."""
    full = sum(1 for line in broken if len(line) >= width - LONGEST_WORD)
    ended = sum(1 for line in broken if SENTENCE_END.search(line))
    return len(set(broken)) >= LEAST_BROKEN and full >= FULL_SHARE * len(broken) and ended < ENDED_SHARE * len(broken)


def _is_broken(line: str, below: str, width: int) -> bool:
    words = below.split(maxsplit=1)
    if not line.strip() or not words or _BULLET.match(below.lstrip()) or _is_numbered(below.lstrip()):
        return False
    return len(line.rstrip()) + 1 + len(words[0]) > width
