"""A page in pieces of text that were written together: what stands between tags, in an attribute, in a string of a script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

RUNNING: Final = 60  # characters of a piece that is taken for a sentence
_TOKEN = re.compile("<[^<>]*>|[^<]+")
_NAME = re.compile(r"<([a-zA-Z][\w:-]*)")
_VALUE = re.compile(r"=\s*\"([^\"]*)\"|=\s*'([^']*)'")
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"")
_LINE = re.compile(r"[^\n\t]+")
_CODE: Final = frozenset({"code", "samp", "kbd", "style", "textarea"})
_FIELDS: Final = frozenset({"title", "h1", "h2", "h3", "h4", "a", "option", "figcaption"})
# Its server knows an address by the wrong characters: repaired it would lead nowhere.
_ADDRESS = re.compile(r"[!-~]\S*(?:[=?&]|/\S*/)\S*")


class Place(Enum):
    """Where a piece stands: a value by itself, such as a headline; a sentence of a text; anything else."""

    FIELD = auto()
    SENTENCE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    start: int
    text: str
    place: Place


def pieces_of(text: str) -> Iterator[Piece]:
    """The pieces of a page, as HTML or plain text, in their order, without those that are code, addresses or blank."""
    before, is_script = "", False  # the tag before a piece
    for token in _TOKEN.finditer(text):
        found = token[0]
        if found[0] == "<":
            before = found
            is_script = found[1:7].lower() == "script" or (is_script and found[1:8].lower() != "/script")
            yield from _values(_VALUE, found, token.start())
        elif is_script:
            yield from _values(_STRING, found, token.start())
        elif not found.isspace() and (tag := _tag(before)) not in _CODE:
            yield from _lines(found, token.start(), tag)


def _tag(markup: str) -> str:
    name = _NAME.match(markup)
    return name[1].lower() if name else ""


def _lines(text: str, offset: int, tag: str) -> Iterator[Piece]:
    for line in _LINE.finditer(text):
        if not line[0].isspace():
            sentence = Place.SENTENCE if len(line[0]) >= RUNNING else Place.OTHER
            yield Piece(offset + line.start(), line[0], Place.FIELD if tag in _FIELDS else sentence)


def _values(pattern: re.Pattern[str], text: str, offset: int) -> Iterator[Piece]:
    if text.isascii():
        return
    for value in pattern.finditer(text):
        group = value.lastindex or 1
        if not value[group].isascii() and not _is_address(value[group]):
            yield Piece(offset + value.start(group), value[group], Place.FIELD)


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text)) and 2 * len(text.encode("ascii", "ignore")) > len(text)
