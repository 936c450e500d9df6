"""One character of a damaged page after another: which bytes it can stand for, and the texts that follow from them."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from tasks.restoration.characters.scripts import is_simplified_only, simplified
from tasks.restoration.cloak.gbk import EURO, LEADS, bytes_of, char_of, is_trail
from tasks.restoration.cloak.glosses import BROKEN_GLOSS, GLOSS, bytes_before, is_glossed
from tasks.restoration.cloak.page_model import Model

LOST = "\ufffd"
FULL_WIDTH = {",": "，", ":": "：", "?": "？", "!": "！"}
MARKS = frozenset("！？。，；：!?,:")  # a page is cut at them: a byte may be lost before one
_TAG = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]{0,300})?>")
# Costs of what a model of text cannot know, in natural logarithms: measured by trying on simulated damage.
CUT_AT_MARK, CUT, SWALLOWED_TAG, SWALLOWED, ERASED, PRIVATE, FOREIGN = 3.0, 7.0, 1.0, 6.0, 6.0, 6.0, 4.0
UNENDED, UNENDED_MARKS = 5.0, frozenset("，、；：（《“‘「『〈【—,;:(")
GUESSED = 0x100  # added to a lead byte that is not on the page


class Reading(NamedTuple):
    """One text that a stretch can have been; `pending` is a lead byte that waits for its second, else -1."""

    cost: float
    pending: int
    last: int
    before_last: int
    text: str
    glossed: tuple[str, ...] = ()


def continued(reading: Reading, page: str, at: int, model: Model) -> Iterator[tuple[Reading, int]]:
    """Every way to go on with the character at `at`, and where the next one begins."""
    char = page[at]
    if char == "(" and (gloss := GLOSS.match(page, at)) and is_glossed(reading.before_last, reading.last, gloss[1]):
        yield _with_gloss(reading, char_of(reading.before_last, reading.last)), gloss.end()
        return
    if char == LOST:
        yield from ((after, at + 1) for after in _rejected_byte(reading, model))
        return
    if char == "?":
        found = False
        if broken := BROKEN_GLOSS.match(page, at):
            for byte in bytes_before(broken[1], reading.last):
                if after := _fed(reading, (byte,), model):
                    found = True
                    yield _with_gloss(after, char_of(reading.last, byte)), broken.end()
        if found:
            return
        yield from ((after, at + 1) for after in _lost_bytes(reading, page, at, model))
    if char == "?" and _TAG.match(page, at + 1) and page[at + 1] == "/":
        return  # what opened the tag was swallowed: no mark
    if char == "€" and reading.pending >= 0 and (after := _fed(reading, (EURO,), model)):
        yield after, at + 1
    is_mark = char in FULL_WIDTH and not _amid_latin(page, at)
    if (not is_mark or reading.pending >= 0) and (after := _fed(reading, bytes_of(char), model)):
        yield after, at + 1
    if char in FULL_WIDTH and (is_mark or reading.pending >= 0) and (after := _fed(reading, bytes_of(FULL_WIDTH[char]), model)):
        yield after, at + 1


def _amid_latin(page: str, at: int) -> bool:
    """Whether a mark stands between digits or Latin letters, where Chinese texts print the narrow one: 1,000."""
    return page[at - 1 : at].isascii() and page[at + 1 : at + 2].isascii() and page[at + 1 : at + 2] not in "\n<"


def _lost_bytes(reading: Reading, page: str, at: int, model: Model) -> Iterator[Reading]:
    """What a question mark can stand for: a lone byte before a cut, or a byte and what it swallowed."""
    following = page[at + 1 : at + 2]
    is_tag = bool(_TAG.match(page, at + 1))
    swallowed, cost = ("<", SWALLOWED_TAG) if is_tag else (LOST, SWALLOWED)
    if reading.pending >= GUESSED:
        if reading.pending == GUESSED + LEADS[0]:  # once for all of them: no byte of the character is left
            yield _erased(reading, swallowed, cost)
        return
    cut = CUT_AT_MARK if not following or following in MARKS else CUT
    yield from _guessed(reading, cut, model)
    if reading.pending < 0:
        return
    if after_euro := _fed(reading, (EURO,), model):  # a decoder that knows no euro sign takes the next byte with it
        yield from _guessed(after_euro, SWALLOWED_TAG, model)
    byte, closes = ord(swallowed) & 0x7F, is_tag and following == "/"
    guesses = _guessed(reading, cost, model)
    for price, pending, _, before_last, text, glossed in map(ended, guesses) if closes else guesses:
        yield Reading(price, pending, byte, before_last, text + swallowed, glossed)


def _rejected_byte(reading: Reading, model: Model) -> Iterator[Reading]:
    """What a replacement character can stand for: a byte that a decoder of a smaller character set could not read."""
    if reading.pending >= GUESSED:
        if reading.pending == GUESSED + LEADS[0]:
            yield _erased(reading, "", 0.0)
        return
    yield from _guessed(reading, 0.0, model)
    if reading.pending < 0:
        yield _erased(reading, "", CUT)


def _erased(reading: Reading, swallowed: str, cost: float) -> Reading:
    return reading._replace(cost=reading.cost + cost + ERASED, pending=-1, last=0, before_last=0, text=reading.text + LOST + swallowed)


def _with_gloss(reading: Reading, char: str) -> Reading:
    return reading if char in reading.glossed else reading._replace(glossed=(*reading.glossed, char))


def _guessed(reading: Reading, penalty: float, model: Model) -> Iterator[Reading]:
    """The reading with each byte behind it that may have been lost there."""
    cost, pending, last, _, text, glossed = reading
    cost += penalty
    if pending < 0:
        for byte in LEADS:
            yield Reading(cost, byte + GUESSED, byte, last, text, glossed)
        return
    lead = pending - GUESSED if pending >= GUESSED else pending
    first, second = _context(text)
    price = model.cost
    for byte, char, simple, surcharge in _characters(lead):
        yield Reading(cost + (price(first, second, simple) + surcharge), -1, byte, last, text + char, glossed)


@cache
def _characters(lead: int) -> tuple[tuple[int, str, str, float], ...]:
    """What each second byte makes of a first one: the byte, the character, its Simplified form, its surcharge."""
    chars = [(byte, char_of(lead, byte)) for byte in LEADS]
    return tuple((byte, char, simplified(char), _surcharge(char)) for byte, char in chars)


def _fed(reading: Reading, data: bytes | tuple[int, ...], model: Model) -> Reading | None:
    """The reading with these bytes behind it, or None where they can be no text."""
    cost, pending, last, before_last, text, glossed = reading
    pending = pending - GUESSED if pending >= GUESSED else pending
    for byte in data:
        if pending < 0 and byte < 0x80:
            char = chr(byte)
        elif pending < 0:
            if byte not in LEADS:
                return None
            pending, before_last, last = byte, last, byte
            continue
        elif is_trail(byte) and len(char := char_of(pending, byte)) == 1:
            pending = -1
        else:
            return None
        cost += _cost(*_context(text), char, model)
        text, before_last, last = text + char, last, byte
    return Reading(cost, pending, last, before_last, text, glossed)


def _context(text: str) -> tuple[str, str]:
    return simplified(text[-2]) if len(text) > 1 else "\n", simplified(text[-1]) if text else "\n"


def _cost(first: str, second: str, char: str, model: Model) -> float:
    return model.cost(first, second, simplified(char)) + _surcharge(char)


@lru_cache(maxsize=1 << 15)
def _surcharge(char: str) -> float:
    """For what a mirror's text cannot hold: private-use characters, and Simplified ones that its table changes."""
    if "\ue000" <= char <= "\uf8ff":
        return PRIVATE
    return FOREIGN if is_simplified_only(char) else 0.0


def ended(reading: Reading) -> Reading:
    """At the end of a line, which no mark stands at that waits for more."""
    return reading._replace(cost=reading.cost + UNENDED) if reading.text[-1:] in UNENDED_MARKS else reading
