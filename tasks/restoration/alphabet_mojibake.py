"""A charset of one byte a character that was read as another: вЙВМЙПФЕЛБ is Библиотека, trwa³a is trwała.

Both are letters, so nothing but the language tells them apart: a page is undone where its letters are those of no language,
and those of one once they are read in another charset.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from tasks.restoration.changes import Change
from tasks.restoration.decoders import CODECS, decoder
from tasks.restoration.first_signs import outside_ascii
from tasks.restoration.language_fit import MARKS, OPENING, STRANGE, LetterCounts, counted, script_share
from tasks.restoration.pieces import Piece, pieces_of

OTHER_SCRIPTS: Final = (
    "windows-1251", "koi8-r", "koi8-u", "ibm866", "iso-8859-5", "x-mac-cyrillic",
    "windows-1253", "iso-8859-7", "windows-1255", "windows-1256",
)  # fmt: skip
SCRIPT: Final = {"windows-1253": "Greek", "iso-8859-7": "Greek", "windows-1255": "Hebrew", "windows-1256": "Arabic"}
WRITTEN: Final = (
    *OTHER_SCRIPTS, "windows-1252", "windows-1254", "windows-1250", "iso-8859-2", "ibm852", "windows-1257", "macintosh", "ibm850",
)  # fmt: skip
CONTROLS: Final = ("latin-1", "windows-1252")  # what makes controls of quotation marks
RIGHT: Final = 0.9  # fit from which letters are those of a language
GAIN: Final = 0.12  # of fit
LEAST: Final = 6.0  # letters that fit after, and did not before
KEPT: Final = 0.75  # share of letters that must not turn into marks
DIFFERENT: Final = 3  # letters that come out
SIGNS: Final = 0.05  # share of characters that may come out as other signs
MEANT: Final = 0.95  # share of letters and signs that must come out as letters or marks
PARTS: Final = 100  # of a page that are looked at one by one
FOREIGN: Final = 0.02  # share of letters that a decoder cannot have shown
_EDGE = re.compile('[<>\n"]+')
_HIGH = re.compile(r"[^\x00-\x7f]")
_RUN = re.compile(r"[^\x00-\x7f](?:[^<>\n\t]*[^\x00-\x7f])?")


@dataclass(frozen=True, slots=True)
class Misread:
    """How it was read and what it is. `scripts`: in how many its letters would be those of a language; a short text may fit in two."""

    read: str
    written: str
    scripts: int = 1

    @property
    def confidence(self) -> float:
        return 1 / self.scripts


def find(text: str) -> list[Change]:
    """Changes in order. Never raises."""
    blocks = outside_ascii(text)
    everything = counted(blocks)
    if everything.fit() >= STRANGE:
        return []
    pair = _pair_of(everything) or _pair_of(_strange(blocks))
    if pair is None or not _is_text(blocks, _table(pair.read, pair.written)):
        return []
    return [change for piece in pieces_of(text) for change in _changes(piece, pair)]


def _script_of(charset: str) -> str:
    return SCRIPT.get(charset, "Cyrillic" if charset in OTHER_SCRIPTS else "Latin")


def _strange(blocks: list[str]) -> LetterCounts:
    """Letters of those parts that are of no language, each part once."""
    parts = list(dict.fromkeys(part for part in _EDGE.split("\n".join(blocks)) if not part.isascii()))
    return counted(part for part in parts[:: 1 + len(parts) // PARTS] if counted((part,)).fit() < STRANGE)


def _pair_of(letters: LetterCounts) -> Misread | None:
    """How it was read and what it is."""
    if not letters.total:
        return None
    if letters.moved(_table(*CONTROLS)).fit() >= RIGHT and any("\x80" <= char < "\xa0" for char in letters.counts):
        return Misread(*CONTROLS)
    as_it_is = max(0.0, letters.folded().fit())
    best, pair, scripts = max(RIGHT, as_it_is + GAIN, as_it_is + LEAST / letters.total), None, set()
    for read, written in _possible(letters):
        if sum(map(letters.counts.__getitem__, letters.counts.keys() & _meaningful(read, written))) < MEANT * letters.total:
            continue
        moved = letters.moved(_table(read, written))
        is_whole = len(moved.counts) >= DIFFERENT and moved.total >= KEPT * letters.total
        found = moved.fit(names=False) if is_whole else 0.0
        if found >= RIGHT:
            scripts.add(_script_of(written))
        if found > best:
            best, pair = found, (read, written)
    return None if pair is None else Misread(*pair, len(scripts))


def _possible(letters: LetterCounts) -> Iterator[tuple[str, str]]:
    """Pairs of which the decoder can have shown these letters, and the charset is of a script that goes with the ASCII letters around."""
    latin_share = letters.in_latin / letters.total
    written = [name for name in WRITTEN if script_share(latin_share, is_latin=name not in OTHER_SCRIPTS) >= RIGHT]
    for read in CODECS if written else ():
        foreign = sum(count for char, count in letters.counts.items() if char not in decoder(read).byte_of)
        if foreign <= FOREIGN * letters.total:
            yield from ((read, name) for name in written if name != read)


@cache
def _table(read: str, written: str) -> dict[str, str]:
    """Character as shown -> as meant."""
    meant = decoder(written).shown
    return {char: meant[byte] for char, byte in decoder(read).byte_of.items() if byte in meant}


@cache
def _meaningful(read: str, written: str) -> frozenset[str]:
    """Characters as shown that mean letters, or marks that texts have."""
    return frozenset(char for char, meant in _table(read, written).items() if meant.isalpha() or meant in MARKS | OPENING)


def _is_text(blocks: list[str], table: dict[str, str]) -> bool:
    """Whether almost all characters come out as letters or as marks that texts have."""
    chars = Counter(_HIGH.findall("".join(blocks)))
    signs = sum(count for char, count in chars.items() if not (meant := _meant(char, table)).isalpha() and meant not in MARKS | OPENING)
    return signs <= SIGNS * chars.total()


def _changes(piece: Piece, pair: Misread) -> Iterator[Change]:
    letters, table = counted((piece.text,)), _table(pair.read, pair.written)
    if letters.folded().fit() > letters.moved(table).fit():
        return  # a template's
    for run in _RUN.finditer(piece.text):
        after = "".join(_meant(char, table) for char in run[0])
        if after != run[0]:
            span, method = (piece.start + run.start(), piece.start + run.end()), f"mojibake:{pair.written}"
            yield Change(*span, after, method, f"{pair.written} read as {pair.read}", is_proved=True, confidence=pair.confidence)


def _meant(char: str, table: dict[str, str]) -> str:
    meant = table.get(char, char)
    return char if char in MARKS and not (meant.isalpha() or meant in MARKS | OPENING) else meant
