"""A page's source and tree as libraries below expect them: lxml parses more than it, XPath and trafilatura can work with."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

# References that may stand for what no tree can hold: below a blank, 127, surrogates, U+FFFE and U+FFFF, beyond Unicode.
_SUSPECT = re.compile(
    rb"&#(?:0*([0-9]|[12][0-9]|3[01]|127|5[5-7][0-9]{3}|6553[45]|[0-9]{7,})(?![0-9])"
    rb"|[xX]0*([01]?[0-9a-fA-F]|7[fF]|[dD][89a-fA-F][0-9a-fA-F]{2}|[fF]{3}[eEfF]|[0-9a-fA-F]{6,})(?![0-9a-fA-F]));?"
)
# A tag that may be long, and all of one: a value in quotes may hold what ends a tag elsewhere.
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<]{4096}")
_TAG = re.compile(rb"""<[a-zA-Z][^"'>]*+(?:(?:"[^"]*+"|'[^']*+'|["'])[^"'>]*+)*+""")
_ATTRIBUTE = re.compile(rb"""[^\s/>=]+(?:\s*=\s*(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?""")
# libxml2 looks through those before it for each attribute, in C, where no deadline reaches: 0.6 s for 10,000, a minute for 100,000.
# The most that an element of 1,101 real pages has is 151. In tags of less than 4 KB there is no room for many.
MOST_ATTRIBUTES = 500
_KEPT = frozenset((9, 10, 13))
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)  # the parser begins no element with anything but a letter
_NO_NAME = re.compile(r"[^\w.-]", re.ASCII)
# Escapes in JSON of what no table should hold: controls, halves of pairs, U+FFFE and U+FFFF.
_ESCAPED = re.compile(r"\\(?:[bf]|u(?:00[01]|007[fF]|[dD][89a-fA-F]|[fF]{3}[eEfF]))")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_control_references(source: bytes) -> bytes:
    """Numeric references to controls (&#8;) and to no character at all as blanks, as the bytes themselves would be."""
    return _SUSPECT.sub(_reference, source) if b"&#" in source else source


def _reference(match: re.Match[bytes]) -> bytes:
    code = int(match[1]) if match[1] is not None else int(match[2], 16)
    is_character = (32 <= code < 0xD800 and code != 127) or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return match[0] if is_character or code in _KEPT else b" "


def without_long_attribute_lists(source: bytes) -> bytes:
    """The first MOST_ATTRIBUTES attributes of each element, and the others cut."""
    kept, end, seen = [], 0, 0
    for long in _LONG_TAG.finditer(source):
        tag = _TAG.match(source, long.start()) if long.start() >= seen else None
        if tag is None or tag.end() < long.end():
            continue
        seen = tag.end()
        last = next(islice(_ATTRIBUTE.finditer(source, tag.start() + 1, tag.end()), MOST_ATTRIBUTES, None), None)
        if last is not None and not _is_script(source, tag.start()):
            kept.append(source[end : last.end()])
            end = tag.end()
    return b"".join((*kept, source[end:])) if kept else source


def _is_script(source: bytes, at: int) -> bool:
    """Whether this place is inside a script, where "<" is no tag's."""
    return source.rfind(b"<script", 0, at) > source.rfind(b"</script", 0, at)


def make_names_valid(tree: HtmlElement, tags: Iterable[str]) -> None:
    """Name the elements of a tree, in which `tags` occur, so that XPath and trafilatura can say them.

    <o:p> becomes o-p and <div"> div-, unknown as before.
    """
    for tag in tags:
        if not _NAME.fullmatch(tag):
            for element in tree.iter(tag):
                element.tag = _NO_NAME.sub("-", tag)


def storable_json(data: Any, source: str) -> Any:
    """What was read from the JSON `source`, its texts without controls and halves of pairs, which only escapes can have brought in."""
    return _cleaned(data) if _ESCAPED.search(source) else data


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub(lambda match: "\N{REPLACEMENT CHARACTER}" if "\ud800" <= match[0] <= "\udfff" else " ", value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(inner) for key, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value
