"""Characters of UTF-8 whose last byte a decoder refused or an editor dropped: Р? and a lone Р are И, Ă is í."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tasks.restoration.changes import Change
from tasks.restoration.decoders import Decoder
from tasks.restoration.frequent_letters import FOREIGN_NAMES, WRITTEN_IN
from tasks.restoration.pieces import Piece

CONFIDENCE: Final = 0.9  # set, not measured: the one letter of the page's language that fits
LOST: Final = "\ufffd"
_LONGEST: Final = 4  # bytes of a character
_MASK: Final = "\x00"
_BLANK: Final = "\u00a0"
_HYPHEN: Final = "\u00ad"
_QUOTES: Final = "“”‘’"
METHOD: Final = "mojibake:utf-8"

# Letters of living languages and the marks of their texts; by chance come Armenian, Syriac and letters of dead ones.
ORDINARY: Final = re.compile(
    "[\u0080-\u00bfƒˆ˜№\u20ac\u2122\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u200b-\u200f\u2060\ufeff"
    "×÷\u2150-\u2bff\ufe0f"
    "À-ÖØ-öø-žƏəƠơƯưǍ-ǜȘ-țΆΈ-ΡΣ-ώЁ-ЏА-яё-џҐ-ҳҶ-һӀ-ӏӘәӨөӮ-ӳ\u0300-\u0303\u0309\u0323\u0561-\u0587\u0531-\u0556"
    "\u05b0-\u05c2\u05d0-\u05ea\u05f3\u05f4\u060c\u061b\u061f\u0621-\u063a\u0640-\u0652\u0660-\u066d\u0670\u067e\u0686\u0688\u0691\u0698"
    "\u06a9\u06ab-\u06af\u06ba\u06be\u06c0-\u06c3\u06cc\u06d2-\u06d4\u06f0-\u06f9"
    "\u0900-\u0dff\u0e01-\u0e5b\u0e81-\u0edf\u1000-\u109f\u10d0-\u10ff\u1780-\u17ff\u1e80-\u1e85\u1ea0-\u1ef9"
    "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef\U0001f000-\U0001faff]"
)


def alphabet_of(letters: Counter[str]) -> str:
    """The letters of the language in which most of these are frequent, in both cases."""
    letters_of = (letters for alphabets in WRITTEN_IN.values() for letters in alphabets if letters is not FOREIGN_NAMES)
    best = max(letters_of, key=lambda alphabet: sum(letters[char] for char in alphabet))
    return best + "".join(char for char in best.upper() if char not in best)


@dataclass(frozen=True, slots=True)
class Losses:
    """What a decoder and the editors after it have done to a page."""

    by: Decoder
    shown: frozenset[str]  # characters that the damaged text has: what stands somewhere was dropped nowhere
    alphabet: str | None  # of the page's language, where it is one in Latin letters

    def completed(self, piece: Piece) -> Iterator[Change]:
        """A change for each character of a damaged piece that lost its last byte."""
        masked = self.by.whole.sub(lambda run: _MASK * len(run[0]), piece.text)
        for match in self.by.broken.finditer(masked):
            texts, end = self._texts(match, piece.text)
            evidence = f"read as {self.by.name}, and a byte was lost"
            start = piece.start + match.start()
            if len(texts) == 1:
                yield Change(start, piece.start + end, texts[0], METHOD, evidence, confidence=CONFIDENCE)
            else:
                candidates = tuple((text, 1 / len(texts)) for text in texts)
                yield Change(start, piece.start + end, LOST, METHOD, evidence, False, 1 / max(1, len(texts)), candidates, "lost")

    def _texts(self, match: re.Match[str], text: str) -> tuple[list[str], int]:
        """What it can have been, most certain way of losing it first, and where the damage ends."""
        left, end = match["left"], match.end()
        head = match[0].removesuffix(left)
        for lasts, is_part in self._ways(left, is_last=end == len(text)):
            if texts := self._fitting(head, lasts, text[max(0, match.start() - _LONGEST) : match.start()]):
                is_a_grave = left == " " and texts == ["à"]  # a word of its own in most languages: its blank was two
                return texts if not is_a_grave else ["à "], end if is_part else end - len(left)
        return [], end - len(left)

    def _ways(self, left: str, *, is_last: bool) -> Iterator[tuple[tuple[int, ...], bool]]:
        """Last bytes that can have been lost so, and whether the mark that is left stands for them."""
        refused = () if any(chr(byte) in self.shown for byte in self.by.refused) else self.by.refused
        blank, hyphen = (self._shown_as(char) for char in (_BLANK, _HYPHEN))
        if left == " ":
            yield blank, True
        elif left:
            yield self.by.refused or tuple(range(0x80, 0xC0)), True
        yield refused, False
        yield hyphen, False
        yield blank if is_last else (), False

    def _shown_as(self, char: str) -> tuple[int, ...]:
        return () if char in self.shown or not 0x80 <= self.by.byte_of.get(char, 0) < 0xC0 else (self.by.byte_of[char],)

    def _fitting(self, head: str, lasts: tuple[int, ...], before: str) -> list[str]:
        """Characters of the page's language, and in the midst of a word small ones."""
        data = self.by.bytes_of(head)
        texts = [text for last in lasts if ORDINARY.fullmatch(text := (data + bytes((last,))).decode("utf-8", "ignore"))]
        if self.alphabet is not None:
            texts = [text for text in texts if text in self.alphabet or not _is_latin(text)]
        before = self.by.whole.sub(lambda run: self.by.text_of(run[0]), before)
        if before[-1:].islower():
            texts = [text for text in texts if not text.isupper()]
        quotes = [text for text in texts if text in _QUOTES]
        return quotes or [text for text in texts if text.isalpha()]


def losses_of(by: Decoder, text: str, letters: str) -> Losses:
    """Those of a damaged text; `letters` are what it has whole."""
    alphabet = alphabet_of(Counter(letters))
    return Losses(by, frozenset(text), alphabet if all(char in alphabet for char in set(letters) if _is_latin(char)) else None)


def _is_latin(char: str) -> bool:
    return "\u00bf" < char < "\u0250"
