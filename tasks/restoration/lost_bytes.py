"""Characters of UTF-8 whose last byte a decoder refused or an editor dropped: Р? and a lone Р are И, Ă is í."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from tasks.restoration.changes import Change
from tasks.restoration.decoders import Decoder
from tasks.restoration.frequent_letters import FOREIGN_NAMES, WRITTEN_IN
from tasks.restoration.pieces import Piece

CONFIDENCE: Final = 0.9  # set, not measured: the one letter of the page's language that fits
METHOD: Final = "mojibake:utf-8"

# Letters of living languages and the marks of their texts; by chance come Armenian, Syriac and letters of dead ones.
ORDINARY: Final = re.compile(
    "[\u00a0«»§©®°·№\u00a1\u00bf\u00a3\u20ac\u2122\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u200b-\u200f\u2060\ufeff"
    "\u00ad±²³´µ¶×÷¼½¾ªº\u2150-\u2bff\ufe0f"
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


def completed(piece: Piece, by: Decoder, letters: Counter[str]) -> Iterator[Change]:
    """A change for each character of a damaged piece that lost its last byte. `letters`: what the page has whole."""
    masked = by.whole.sub(lambda run: "\x00" * len(run[0]), piece.text)
    known = frozenset((*alphabet_of(letters), *letters))
    for match in by.broken.finditer(masked):
        texts = list(_texts(match, by, known))
        place = piece.start + match.start(), piece.start + match.end()
        evidence = f"read as {by.name}, and a byte was lost"
        if len(texts) == 1:
            yield Change(*place, texts[0], METHOD, evidence, confidence=CONFIDENCE)
        elif texts:
            candidates = tuple((text, 1 / len(texts)) for text in texts)
            yield Change(*place, "\ufffd", METHOD, evidence, False, 1 / len(texts), candidates, "lost")


def _texts(match: re.Match[str], by: Decoder, known: frozenset[str]) -> list[str]:
    """What it can have been: letters of the page's language, else any that is written today."""
    left = match["left"]
    head = by.bytes_of(match[0].removesuffix(left))
    lasts: tuple[int, ...] = by.vanishing
    if left == " ":
        lasts = (by.blank,) if by.blank else ()
    elif left:
        lasts = by.refused or tuple(range(0x80, 0xC0))
    texts = [text for last in lasts if (text := (head + bytes((last,))).decode("utf-8", "ignore")) and ORDINARY.fullmatch(text)]
    return [text for text in texts if text in known] or texts
