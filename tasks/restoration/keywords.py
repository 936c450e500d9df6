"""Keywords that mirrors put on a page for search engines: flagged as chaff, never taken out, since they may be the author's.

A header is a line of keywords joined by commas, underscores and bars at once, bare or in elements with ids at random;
headlines are pushed into sentences besides, in the midst of words.
"""

import re
from collections.abc import Iterator
from typing import Final

from tasks.restoration.changes import Change
from tasks.restoration.first_look import is_chinese

METHOD: Final = "keywords"
LEAST: Final = 5  # keywords of a header
LONGEST: Final = 12  # characters of a keyword
LINE: Final = 300  # characters of a header
KINDS: Final = 2  # of joints in one line; menus and titles keep to one
SPLICES: Final = 3  # places on the page at which one keyword breaks a sentence
SHORTEST: Final = 3  # Chinese characters of a keyword that is looked for in sentences; shorter ones are words of every text
PARTS: Final = 2  # of a title that are looked for: its headline; what follows is the publisher's name
BROKEN: Final = 6.0  # natural logarithm: how much better the sentence reads without the keyword
JOINED: Final = 3.0  # and how well what stands on either side of it goes together
NOT_TEXT: Final = ("title", "script", "style", "option", "textarea", "noscript")  # titles are joined so by their publishers
_JOINT = r"\s?[,_|]\s?"
# Each begins with one character that is no set of them: searched ten times faster.
_JOINTS = (re.compile(r"_(?=\s?[<\u4e00-\u9fff])"), re.compile(r"\|(?=\s?[<\u4e00-\u9fff])"), re.compile(r",(?=\s?<\w+ id=)"))
_ANY_JOINT = re.compile("[,_|]")
_KEYWORD_ENDS = re.compile(r"(?:[\u4e00-\u9fff”》]|</(?:span|b|i|em|strong|font)>)\s?$")
# What a mirror puts around its keywords. Elements that end a line count only where they carry an id.
_WRAPPER = re.compile(r"</?(?:span|b|i|em|strong|font)>|<(?:span|b|i|em|strong|font|p|div)\s+id=[\"']?([a-z0-9]{4,12})[\"']?\s*>")
_RANDOM = re.compile(r"[a-z]+[0-9]+[a-z]+|[0-9]+[a-z]+[0-9]+")
_KEYWORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·“”《》]{2,12}")
_HAN = re.compile("[\u4e00-\u9fff]")
_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})</title>")


def find(text: str, scores: dict[str, float]) -> list[Change]:
    """Flags in order; `after` is what stands there. Sets scores keyword_headers and keyword_splices where there are any."""
    if not is_chinese(text, scores):
        return []
    headers = list(_headers(text))
    splices = list(_splices(text, _keywords(text, headers)))
    if headers or splices:
        scores["keyword_headers"], scores["keyword_splices"] = float(len(headers)), float(len(splices))
    spans = [(header.start, header.end) for header in headers]
    outside = [one for one in splices if not any(start <= one.start < end for start, end in spans)]
    return sorted(headers + outside, key=lambda change: change.start)


def _headers(text: str) -> Iterator[Change]:
    end = 0
    for at in sorted(match.start() for pattern in _JOINTS for match in pattern.finditer(text)):
        if at < end or not _KEYWORD_ENDS.search(text[max(0, at - 10) : at]):
            continue
        if len(_ANY_JOINT.findall(text[max(0, at - LINE) : at + LINE])) < LEAST - 1:
            continue
        start, end = _line(text, at)
        if header := _header(text, start, end):
            yield header


def _line(text: str, at: int) -> tuple[int, int]:
    """Start and end of the text around a joint; elements with an id, and those without attributes, belong to it."""
    start, end = max(0, at - LINE), min(len(text), at + LINE)
    window = _WRAPPER.sub(lambda found: "\x00" * len(found[0]), text[start:end])
    edges = [edge.start() for edge in re.finditer(r"[<>\n\"]", window)]
    left = max((edge + 1 for edge in edges if edge < at - start), default=0)
    right = min((edge for edge in edges if edge >= at - start), default=len(window))
    return start + left, start + right


def _header(text: str, start: int, end: int) -> Change | None:
    line = text[start:end]
    plain = _WRAPPER.sub("", line).strip()
    words = re.split(_JOINT, plain)
    joints = set("".join(re.findall(r"[,_|]", plain)))
    ids = [found[1] for found in _WRAPPER.finditer(line) if found[1] and _RANDOM.match(found[1])]
    if len(words) < LEAST or not (len(joints) >= KINDS or len(ids) >= 1) or not _is_text(text, start):
        return None
    if not all(_KEYWORD.fullmatch(word) for word in words) or 2 * sum(bool(_HAN.search(word)) for word in words) < len(words):
        return None
    evidence = f"{len(words)} keywords joined by {' '.join(sorted(joints))}" + (f", ids at random: {' '.join(ids[:3])}" if ids else "")
    return Change(start, end, line, METHOD, evidence, status="flagged")


def _is_text(text: str, start: int) -> bool:
    """Whether readers see what stands there: no attribute, no title, no script."""
    opened = text.rfind("<", 0, start)
    closed = text.rfind(">", 0, start)
    if opened < 0:
        return True
    name = re.match(r"<([a-zA-Z]*)", text[opened : opened + 20])
    return closed > opened and (name is None or name[1].lower() not in NOT_TEXT)


def _keywords(text: str, headers: list[Change]) -> set[str]:
    """Of the headers, and of the title, which mirrors splice whole or in parts."""
    title = _TITLE.search(text) if "<title" in text[:5000] else None
    parts = [word for header in headers for word in re.split(_JOINT, _WRAPPER.sub("", header.after))]
    parts += re.split(r"[\s,_|，：:！？!?、。-]+", title[1])[:PARTS] if title else []
    return {part for part in (one.strip() for one in parts) if len(_HAN.findall(part)) >= SHORTEST and len(part) <= 2 * LONGEST}


def _splices(text: str, keywords: set[str]) -> Iterator[Change]:
    for keyword in sorted(keywords):
        places = [at.start() for at in re.finditer(re.escape(keyword), text)] if text.count(keyword) >= SPLICES else []
        if places:
            places = [at for at in places if _breaks(text[max(0, at - 2) : at], keyword, text[at + len(keyword) : at + len(keyword) + 2])]
        if len(places) >= SPLICES:
            evidence = f"{len(places)} sentences read better without it"
            yield from (Change(at, at + len(keyword), keyword, METHOD, evidence, status="flagged") for at in places)


def _breaks(left: str, keyword: str, right: str) -> bool:
    """Whether what stands on either side of the keyword goes together, and neither side goes with it."""
    if not _HAN.match(left[-1:]) or not _HAN.match(right):
        return False
    from tasks.restoration.family_b import gain  # and with it the character model, 0.2 s, where a keyword stands in sentences

    together = gain(left, right)
    return together >= JOINED and together - gain(left, keyword) - gain(keyword, right) >= BROKEN
