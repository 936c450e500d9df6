"""Bytes -> text, with the charset the page is really in, whatever it declares.

Order of trust: a byte order mark; valid UTF-8, which other charsets do not produce by chance; then what the letters say
once decoded, with declarations and resiliparse's detector to break ties. Declarations alone are wrong on every
fifth page that is not UTF-8.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from resiliparse.parse.encoding import detect_encoding

from tasks.restoration.charset_evidence import Sample, is_neutral, sample_of, score
from tasks.restoration.charset_names import CODECS, MULTI_BYTE, charset_of_label, declared_in
from tasks.restoration.frequent_letters import WRITTEN_IN

BOMS: Final = (  # UTF-32 before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
DAMAGED_SHARE: Final = 0.1  # broken characters per whole one up to which bytes are UTF-8, only damaged
CLEAR: Final = 0.6  # score from which a declared charset needs no comparison; wrong ones of many bytes reach 0.2
FALLBACK: Final = "windows-1252"  # what browsers take where nothing is known
DOUBTFUL: Final = 0.5  # score below which no charset explains the page
DECLARED_BONUS: Final = 0.15
DETECTED_BONUS: Final = 0.10
_ISO_2022_JP = re.compile(rb"\x1b(?:\$[@B]|\([JI])")
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was decoded with (WHATWG name), what decided it, and how many characters were lost."""

    text: str
    charset: str
    source: str  # bom | utf-8 | detector | http | meta | sidecar
    replaced_count: int


def decode(body: bytes, declared: str | None = None, declared_source: str = "http") -> Decoded:
    """The text of `body`. `declared` is what HTTP or a sidecar says (`declared_source` tells which). Never raises."""
    for mark, charset in BOMS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], charset, "bom")
    if b"\x1b" in body and body.isascii() and _ISO_2022_JP.search(body):
        return _decoded(body, "iso-2022-jp", "detector")
    wide = _wide_without_mark(body)
    if wide:
        return _decoded(body, wide, "detector")
    try:
        return Decoded(body.decode("utf-8"), "utf-8", "utf-8", 0)
    except UnicodeDecodeError:
        sample = sample_of(body)
    if _is_damaged_utf_8(sample):
        return _decoded(body, "utf-8", "utf-8")
    declarations = {declared_source: charset_of_label(declared), "meta": declared_in(body)}
    charset = _decide(sample, [name for name in declarations.values() if name and not name.startswith("utf-")])
    source = next((told_by for told_by, name in declarations.items() if name == charset), "detector")
    return _decoded(body, charset, source)


def _decide(sample: Sample, declared: list[str]) -> str:
    """The charset whose letters look most like a language; declarations count where letters do not decide."""
    neutral = [name for name in (*declared, FALLBACK) if is_neutral(sample, name)]
    if neutral:
        return neutral[0]
    for charsets in (declared, MULTI_BYTE):
        scores = {charset: score(sample, charset) for charset in charsets if charset in MULTI_BYTE}
        best = max(scores, key=scores.__getitem__, default="")
        if best and scores[best] >= CLEAR:
            return best
    detected = charset_of_label(detect_encoding(sample.runs, html5_compatible=False, from_html_meta=False))
    return _best(sample, declared, detected if detected != "utf-8" else None)


def _best(sample: Sample, declared: list[str], detected: str | None) -> str:
    """The candidate with the highest score, declarations and the detector weighing in; without a clear one FALLBACK."""
    candidates = dict.fromkeys([*WRITTEN_IN, *declared, *([detected] if detected else [])])
    scores = {charset: score(sample, charset) for charset in candidates}

    def weight(charset: str) -> float:
        bonus = DECLARED_BONUS if charset in declared else 0.0
        return scores[charset] + bonus + (DETECTED_BONUS if charset == detected else 0.0)

    best = max(candidates, key=weight)  # the first of equals, in the order of WRITTEN_IN
    if scores[best] >= DOUBTFUL:
        return best
    return next((charset for charset in declared if scores[charset] >= 0), FALLBACK)


def _decoded(body: bytes, charset: str, source: str) -> Decoded:
    for codec in CODECS[charset]:
        try:
            return Decoded(body.decode(codec), charset, source, 0)
        except UnicodeDecodeError:
            continue  # the next codec of the charset, and in the end the damaged text
    text = body.decode(CODECS[charset][0], "replace")
    written = body.count(REPLACEMENT.encode()) if charset == "utf-8" else 0
    return Decoded(text, charset, source, text.count(REPLACEMENT) - written)


def _is_damaged_utf_8(sample: Sample) -> bool:
    """Whether the bytes are UTF-8 of which some were lost, such as a page cut off inside a character."""
    text = sample.runs.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT) - sample.runs.count(REPLACEMENT.encode())
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return whole > 0 and broken <= max(DAMAGED_SHARE * whole, 1 if whole >= 3 else 0)


def _wide_without_mark(body: bytes) -> str | None:
    """UTF-16 whose mark was lost: markup in which every other byte is NUL."""
    if body[:1] == b"<" and body[1:4:2] == b"\0\0":
        return "utf-16le"
    return "utf-16be" if body[1:2] == b"<" and body[:4:2] == b"\0\0" else None
