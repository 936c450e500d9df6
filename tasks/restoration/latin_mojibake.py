"""Bytes that were shown as Latin letters: UTF-8 by ftfy's judgement, older charsets by the letters they give."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import ftfy

from tasks.restoration.changes import Change
from tasks.restoration.charset_evidence import sample_of, score
from tasks.restoration.charset_names import CODECS
from tasks.restoration.east_asian_mojibake import is_likely, undone

_SPECIAL: Final = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # windows-1252 has them where Latin-1 has controls
_NEXT: Final = rf"[\x80-\xbf{_SPECIAL}]"
_UTF_8 = re.compile(rf"(?:[\xc2-\xdf]{_NEXT}|[\xe0-\xef]{_NEXT}{{2}}|[\xf0-\xf4]{_NEXT}{{3}})+")
_HIGH: Final = rf"\x80-\xff{_SPECIAL}\u0100-\u07ff"  # above U+00FF: what a decoder of UTF-8 made of two bytes that it could read
_RUN = re.compile(rf"[{_HIGH}](?:[{_HIGH}@-~]*[{_HIGH}@-~])?")
# à is Ã and a no-break space, which editors and browsers turn into a common one; MANHÃ is Portuguese
_A_GRAVE = re.compile(r"(?<![A-ZÀ-Þ])Ã {1,2}(?=[^\W\d_]|$)")
_ADDRESS = re.compile(r"[!-~]\S*(?:[=?&]|/\S*/)\S*")  # its server knows it by the wrong characters: repaired it would lead nowhere
_EDGE = re.compile(r"[<>\n\t]|=[\"']|[\"'](?=\s[\w-]+=|\s*/?>)")  # of a stretch of text or the value of an attribute
_DRAWN = re.compile("[\u2500-\u25a0]")  # what KOI8 has beside letters, and no text of a page
READERS: Final = ("latin-1", "sloppy-windows-1252")  # ftfy registers the second: windows-1252 as browsers decode it
LINE: Final = 500  # characters left of the first damage that ftfy judges with it
CONFIDENCE: Final = 0.9  # set, not measured: of what cannot be encoded again exactly, but which ftfy takes for damage
ROUNDS: Final = 3  # how often a text can have been decoded wrongly; seen are two
LEAST_BYTES: Final = 4  # two characters of two bytes
HAN_CHARSETS: Final = ("gb18030", "big5")
CYRILLIC: Final = {"windows-1251": 5, "koi8-r": 5}  # charset -> letters that the page needs of it
OTHERS: Final = {"shift_jis": 8, "euc-jp": 8, "euc-kr": 8, **CYRILLIC}  # bytes; kana or syllables of four characters
CLEAR: Final = 0.6  # of the score, as for pages that come as bytes
LEAD: Final = 0.25  # over the score of the Western reading
ENOUGH: Final = 5  # stretches of a page, from which its lines may be of rarer words
SLACK: Final = 2.5  # of cost a character: 99 of 100 runs of Western letters read so cost 13.6 and more
SAME_BASE: Final = 0.5  # share of neighbours with one base letter from which a word is a list of accents: éèêë


def find(text: str, *, is_quoted: bool = False) -> list[Change]:
    """Changes in no particular order, none overlapping. `is_quoted`: what UTF-8 looks like is quoted, and stays. Never raises."""
    older = list(_of_older_charsets(text))
    taken = [(change.start, change.end) for change in older]
    utf_8 = [
        change
        for change in (() if is_quoted else _of_utf_8(text))
        if not any(change.start < end and start < change.end for start, end in taken)
    ]
    # among bytes of an older charset two are valid UTF-8 now and then
    return older + [change for change in utf_8 if not older or text[change.start - 1 : change.start].isascii()]


def _of_utf_8(text: str) -> Iterator[Change]:
    end = 0
    for match in _UTF_8.finditer(text):
        if match.start() < end:
            continue
        start, end = _line_around(text, match.start(), end)
        yield from _line(text[start:end], start)


def _line(line: str, offset: int) -> Iterator[Change]:
    """One stretch of text, when ftfy says that it was decoded wrongly."""
    is_address = _ADDRESS.fullmatch(line) and 2 * len(line.encode("ascii", "ignore")) > len(line)
    if is_address or ftfy.fix_encoding(line) == line:
        return
    for match in _UTF_8.finditer(line):
        after = _utf_8_of(match[0])
        if after != match[0]:
            end = match.end()
            yield Change(offset + match.start(), offset + end, undone(after) or after, "mojibake:utf-8", is_proved=True)
    for match in _A_GRAVE.finditer(line):
        evidence = "the blank was a no-break space"
        yield Change(offset + match.start(), offset + match.end(), "à ", "mojibake:utf-8", evidence, confidence=CONFIDENCE)


def _utf_8_of(text: str) -> str:
    """`text` decoded as UTF-8 as often as it takes. Every step is exact: what is decoded strictly encodes to the same bytes."""
    for _ in range(ROUNDS):
        data = next((data for reader in READERS if (data := _encoded(text, reader))), b"")
        decoded = _decoded(data, "utf-8")
        if not decoded or decoded == text:
            break
        text = decoded
    return text


def _of_older_charsets(text: str) -> Iterator[Change]:
    """One charset for the page, by its words of four bytes and more; then it holds for what stands in lines with them."""
    data = {match.start(): found for match in _RUN.finditer(text) if _is_strange(match[0]) and (found := _bytes_of(match[0]))}
    charset = _charset_of(b"\n".join(dict.fromkeys(data.values()))) if data else None
    if charset is None:
        return
    evidence, end = f"{len(data)} stretches of the page are {charset}", 0
    slack, starts = 0.0, list(data)
    if len(data) >= ENOUGH:
        slack, starts = SLACK, [match.start() for match in _RUN.finditer(text) if len(match[0]) > 1]
    for start in starts:
        if start >= end:
            for span in _spans(text, start, end):
                decoded = _decoded(_bytes_of(text[slice(*span)]), charset)
                if decoded and not _DRAWN.search(decoded) and (charset not in HAN_CHARSETS or is_likely(decoded, slack)):
                    yield Change(*span, decoded, f"mojibake:{charset}", evidence, is_proved=True)
                    end = span[1]
                    break


def _spans(text: str, at: int, least: int) -> Iterator[tuple[int, int]]:
    """What a stretch outside ASCII may be decoded with: its whole line, where all of it is damaged, or itself alone."""
    start, end = _line_around(text, at, least)
    high = [match.span() for match in re.finditer(f"[{_HIGH}](?:[@-~](?![@-~]))?", text[start:end])]
    yield start + high[0][0], start + high[-1][1]
    yield _RUN.match(text, at).span()  # type: ignore[union-attr]  # at is where such a run was found


def _line_around(text: str, at: int, least: int) -> tuple[int, int]:
    """Start and end of the text between tags, line ends or the quotes of an attribute."""
    edges = [edge.end() for edge in _EDGE.finditer(text, max(0, at - LINE), at)]
    edge = _EDGE.search(text, at)
    return max(least, edges[-1] if edges else at - LINE, 0), edge.start() if edge else len(text)


def _is_strange(run: str) -> bool:
    """Whether a run can be bytes: at least four, of three kinds, most of them single, and no list of accents."""
    single = sum("\x7f" < char < "\u0100" or char in _SPECIAL for char in run)
    if single < max(LEAST_BYTES - 2, len(run) / 2) or len(set(run)) < LEAST_BYTES - 1 or _UTF_8.sub("", run).isascii():
        return False
    bases = [unicodedata.normalize("NFD", char)[0].lower() for char in run]
    same = sum(one == other for one, other in pairwise(bases))
    return same < SAME_BASE * (len(run) - 1)


def _bytes_of(run: str) -> bytes:
    """The bytes a run stands for, by the first reader that gives the run again; empty where there is none."""
    found = next((data for reader in READERS if (data := _encoded(run, reader))), b"")
    if found:
        return found
    mixed = b"".join(char.encode("latin-1" if char < "\u0100" else "utf-8") for char in run)
    return mixed if _read_by_turns(mixed) == run else b""


def _read_by_turns(data: bytes) -> str:
    """Bytes as decoders read them that take UTF-8 where it is valid and Latin-1 elsewhere."""
    out, at = [], 0
    while at < len(data):
        pair = _decoded(data[at : at + 2], "utf-8") if data[at] >= 0xC2 else ""
        out.append(pair or chr(data[at]))
        at += 2 if pair else 1
    return "".join(out)


def _charset_of(data: bytes) -> str | None:
    for charset in HAN_CHARSETS:  # the character model is far more certain than counts of letters
        if is_likely("".join(_decoded(run, charset) for run in data.split(b"\n"))) and len(data) >= LEAST_BYTES:
            return charset
    sample = sample_of(data)
    western = score(sample, "windows-1252")
    scores = {charset: score(sample, charset) for charset, least in OTHERS.items() if sum(byte > 127 for byte in data) >= least}
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best and scores[best] >= max(CLEAR, western + LEAD) else None


def _encoded(text: str, codec: str) -> bytes:
    try:
        return b"" if "\ufffd" in text else text.encode(codec)  # ftfy's codec would write it as the control 1A
    except UnicodeEncodeError:  # not what this reader can have written
        return b""


def _decoded(data: bytes, charset: str) -> str:
    """The text, or nothing where the bytes are not this charset's or do not come back from it."""
    codec = CODECS[charset][0]
    try:
        text = data.decode(codec)
        return text if text.encode(codec) == data else ""
    except UnicodeError:
        return ""
