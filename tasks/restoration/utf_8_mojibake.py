"""UTF-8 that was read by a decoder of one byte a character: РџСЂРёРІРµС‚ is Привет, f├╝r is für.

One decoder damages all of a text, and nothing that was written by hand is valid UTF-8 from its first letter to its last once it
is encoded again. So a piece of a page is undone where all of it outside ASCII is, as letters of living languages; and a page that
quotes such pieces among intact text is left alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tasks.restoration.changes import Change, apart
from tasks.restoration.decoders import Decoder, decoder
from tasks.restoration.first_signs import has_pair
from tasks.restoration.lost_bytes import LOST, METHOD, ORDINARY, Losses, alphabet_of, losses_of
from tasks.restoration.pieces import Piece, Place, pieces_of

LEAST: Final = 3  # different characters that must come out of a page
LEAST_ODD: Final = 2  # or places at which a sign stands in a word
SENTENCES: Final = 5  # that are damaged: more than a story quotes
SAMPLE: Final = 200  # pieces that tell the decoder
BEGINNING: Final = 1000  # characters of each
LONGEST: Final = 80  # characters of a word on either side of its damage
WHOLE: Final = 1  # characters that are whole for each one that lost a byte
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_OTHERS = "\u0370-\u058f\u0590-\u06ff\u0900-\u10ff"
_MIXED = re.compile(f"[{_LATIN}][{_OTHERS}]|[{_OTHERS}][{_LATIN}]|[\u0370-\u03ff][\u0400-\u04ff]|[\u0400-\u04ff][\u0370-\u03ff]")
_MARK = re.compile("[\u00a0«»‘’“”„–—…•©®™€°·№§]")  # what a template or an editor puts beside a damaged text
_JOINT = re.compile(r"(?<=\s)[|·•:–—-]+(?=\s)")  # between the parts of a title
_WORD = re.compile(r"\S+")
_QUOTES: Final = "\"'`([«“‘„"
_UNQUOTES: Final = "\"'`)]»”’“"


@dataclass(slots=True)
class _Read:
    """A piece that is UTF-8 read by one decoder, and what it says."""

    piece: Piece
    runs: list[tuple[int, int, str]]  # start and end in the piece, text
    odd: int

    @property
    def letters(self) -> str:
        return "".join(text for _, _, text in self.runs)


@dataclass(slots=True)
class _Reading:
    """All pieces of a page in the light of one decoder."""

    decoder: Decoder
    reads: list[_Read]
    mixed: list[Piece]  # with letters in UTF-8 among what is none
    intact: list[Piece]

    @property
    def weight(self) -> tuple[int, int]:
        """How much it explains, and how much of that are small letters of one language."""
        letters = Counter("".join(read.letters for read in self.reads))
        return sum(end - start for read in self.reads for start, end, _ in read.runs), sum(
            letters[char] for char in set(alphabet_of(letters).lower())
        )


@dataclass(frozen=True, slots=True)
class Utf8Changes:
    """Changes in order; whether the page rather quotes what such decoders make of UTF-8."""

    changes: list[Change]
    is_quoted: bool


def find(text: str, suspects: Iterable[str]) -> Utf8Changes:
    """What decoders of these names have damaged. Never raises."""
    left, changes, is_quoted = list(suspects), list[Change](), False
    pieces = list(pieces_of(text)) if left else []
    while left:
        sample = _sample([piece for piece in pieces if not piece.text.isascii()])
        best = _reading(max(left, key=lambda name: _reading(name, sample).weight), pieces)
        reads = _damaged(best)
        if not reads:
            is_quoted = not changes and _quotes(best)
            break
        losses = losses_of(best.decoder, text, "".join(read.letters for read in reads))
        changes += [change for read in reads for change in _changes(read, losses)]
        done = {read.piece.start for read in reads}
        pieces = [piece for piece in pieces if piece.start not in done]
        left.remove(best.decoder.name)
    return Utf8Changes(list(apart(changes)), is_quoted)


def _sample(pieces: list[Piece]) -> list[Piece]:
    """The beginnings of the pieces; of more than a few only of those in which something looks damaged."""
    found = pieces if len(pieces) <= SAMPLE else islice((piece for piece in pieces if has_pair(piece.text)), SAMPLE)
    return [Piece(piece.start, _beginning(piece.text), piece.place) for piece in found]


def _beginning(text: str) -> str:
    return text if len(text) <= BEGINNING else text[:BEGINNING].rpartition(" ")[0]


def _reading(name: str, pieces: Iterable[Piece]) -> _Reading:
    by = decoder(name)
    reading = _Reading(by, [], [], [])
    for piece in pieces:
        found = list(_reads(by, piece))
        reading.reads += found
        if not found:
            (reading.mixed if _has_letters("".join(map(by.text_of, by.whole.findall(piece.text)))) else reading.intact).append(piece)
    return reading


def _reads(by: Decoder, piece: Piece) -> Iterator[_Read]:
    """The piece, or those of its parts that are damaged from end to end: a title may have an intact name behind it."""
    if piece.text.isascii() or not by.whole.search(piece.text):
        return
    if read := _read(by, piece):
        yield read
        return
    at = 0
    for joint in (*_JOINT.finditer(piece.text), None) if _JOINT.search(piece.text) else ():
        end = joint.start() if joint else len(piece.text)
        if read := _read(by, Piece(piece.start + at, piece.text[at:end], piece.place)):
            yield read
        at = joint.end() if joint else end


def _read(by: Decoder, piece: Piece) -> _Read | None:
    runs = [(run.start(), run.end(), by.text_of(run[0])) for run in by.whole.finditer(piece.text)]
    letters = "".join(text for _, _, text in runs)
    rest = by.whole.sub("\x00", piece.text)
    left = _MARK.sub("", by.broken.sub("", rest))
    if not letters or not all(text for _, _, text in runs) or not left.isascii() or ORDINARY.sub("", letters):
        return None
    if len(by.broken.findall(rest)) * WHOLE > len(letters) or _MIXED.search(by.broken.sub(LOST, _text(by, piece.text))):
        return None
    if _is_foreign(letters) and sum(char.isalpha() for char in left) > len(letters):
        return None  # a sentence in Latin letters quotes it
    return _Read(piece, runs, sum(_is_odd(piece.text, start, end) for start, end, _ in runs))


def _text(by: Decoder, text: str) -> str:
    return by.whole.sub(lambda run: by.text_of(run[0]), text)


def _damaged(reading: _Reading) -> list[_Read]:
    """Those pieces that a decoder has damaged; none where a story quotes them or too little speaks for it."""
    fields = [read for read in reading.reads if read.piece.place is Place.FIELD]
    texts = [read for read in reading.reads if read.piece.place is not Place.FIELD]
    if texts and not _quotes(reading):
        known = set("".join(read.letters for read in texts))
        half = (read for piece in reading.mixed for read in _half(reading.decoder, piece) if known.issuperset(read.letters))
        return _enough([*fields, *texts, *half])
    return _enough(fields)


def _enough(reads: list[_Read]) -> list[_Read]:
    different = len(set("".join(read.letters for read in reads)))
    return reads if different >= LEAST or sum(read.odd for read in reads) >= LEAST_ODD else []


def _quotes(reading: _Reading) -> bool:
    """Whether more of the page is intact than is damaged, or all that is damaged stands in quotation marks."""
    texts = [read for read in reading.reads if read.piece.place is not Place.FIELD]
    letters = "".join(read.letters for read in reading.reads)
    others = [piece for piece in reading.intact if piece.place is not Place.FIELD and (_is_foreign(letters) or _has_letters(piece.text))]
    intact = sum(len(piece.text) for piece in (*others, *reading.mixed))
    is_less = sum(len(read.piece.text) for read in texts) < intact
    sentences = sum(read.piece.place is Place.SENTENCE for read in texts)
    is_there = bool(reading.reads or reading.mixed)
    return (is_there and (is_less and sentences < SENTENCES)) or (bool(texts) and all(_is_quoted(read) for read in texts))


def _half(by: Decoder, piece: Piece) -> Iterator[_Read]:
    """The damaged words of a headline, of which others were repaired before."""
    for word in _WORD.finditer(piece.text) if piece.place is Place.FIELD else ():
        if not word[0].isascii() and (read := _read(by, Piece(piece.start + word.start(), word[0], piece.place))):
            yield read


def _changes(read: _Read, losses: Losses) -> Iterator[Change]:
    offset, evidence = read.piece.start, f"read as {losses.by.name}"
    changes = [Change(offset + start, offset + end, text, METHOD, evidence, is_proved=True) for start, end, text in read.runs]
    yield from (*changes, *losses.completed(read.piece))


def _is_foreign(letters: str) -> bool:
    """Whether most letters are of another script than Latin."""
    spoken = [char for char in letters if char.isalpha()]
    return 2 * sum("\u0370" <= char < "\u1e00" or char > "\u1fff" for char in spoken) > len(spoken)


def _has_letters(text: str) -> bool:
    return not text.isascii() and any(char > "\x7f" and char.isalpha() for char in text)


def _is_odd(text: str, start: int, end: int) -> bool:
    """Whether a sign that is no letter stands in a word."""
    touches = text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()
    return touches and any(unicodedata.category(char)[0] in "SNC" for char in text[start:end])


def _is_quoted(read: _Read) -> bool:
    """Whether every damaged word of the piece stands next to a quotation mark or bracket."""
    text = read.piece.text
    bounds = [
        (max(text.rfind(" ", max(0, start - LONGEST), start) + 1, start - LONGEST, 0), _end_of_word(text, end))
        for start, end, _ in read.runs
    ]
    starts, ends = ({run[at] for run in read.runs} for at in (0, 1))
    return all(
        (start not in starts and text[start] in _QUOTES) or (end not in ends and text[end - 1] in _UNQUOTES) for start, end in bounds
    )


def _end_of_word(text: str, at: int) -> int:
    end = text.find(" ", at, at + LONGEST)
    return at + len(text[at : end if end >= 0 else at + LONGEST].rstrip(".,;:!?"))
