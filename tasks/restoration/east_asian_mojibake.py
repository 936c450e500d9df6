"""UTF-8 or GBK that was read in an East Asian charset: 浣犲ソ is 你好, 笢弊 is 中国."""

import math
import re
from collections.abc import Iterator
from typing import Final

from tasks.restoration.changes import Change
from tasks.restoration.characters.model import character_model
from tasks.restoration.frequent_letters import SIMPLIFIED, TRADITIONAL

METHOD: Final = "mojibake:east-asian"
# (how it was read, what it is). The first that fits is taken: UTF-8 is never valid by chance over several characters.
PAIRS: Final = (("gb18030", "utf-8"), ("cp932", "utf-8"), ("big5hkscs", "utf-8"), ("cp949", "utf-8"), ("big5hkscs", "gb18030"))
_RUN = re.compile(r"[^\x00-\x7f\ufffd]{2,}")
_ASCII = re.compile(r"[\x00-\x7f]+")
EDGES: Final = "\n<>\t"  # of a line: none of them is the second byte of a character
_LETTER = re.compile(r"[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_HAN = re.compile("[\u4e00-\u9fff]")
_FREQUENT: Final = frozenset(SIMPLIFIED + TRADITIONAL)
ORDINARY: Final = 0.15  # share of frequent characters from which Chinese needs no second look; of clean headlines 9 in 10 have 0.21 to 0.65
LIKELY: Final = 8.5  # cost a character: clean headlines have 3.9 to 7.8, wrong readings 9.2 to 22
LIKELY_SHORT: Final = 7.0  # of two or three characters
GAIN: Final = 3.0  # by which the right reading costs less a character
LEAST_OTHER: Final = 3  # letters of a script that the model does not know
BROKEN: Final = "锟斤拷"  # U+FFFD twice in UTF-8, read as GBK: what stood there was lost before
CERTAIN: Final = 0.9  # share of the likelihood that a character with a lost byte needs to be written
MOST_CANDIDATES: Final = 5  # that are kept with a change


def find(text: str) -> list[Change]:
    """Changes in the order of the text. Never raises."""
    return list(_changes(text))


def _changes(text: str) -> Iterator[Change]:
    end = 0
    for match in _RUN.finditer(text):
        if match.start() < end or (_is_ordinary(match[0]) and BROKEN not in match[0]):
            continue
        start, end = _span_of_line(text, match, end)
        if BROKEN in match[0]:
            end = match.end()
            yield Change(match.start(), end, match[0], METHOD, "U+FFFD in UTF-8, read as GBK", status="flagged")
        elif after := undone(text[start:end]):
            yield Change(start, end, after, METHOD, is_proved=True)
        elif after := undone(match[0]):
            end = match.end()
            yield Change(match.start(), end, after, METHOD, is_proved=True)
        else:
            end = match.end() + (text[match.end() : match.end() + 1] in ("\ufffd", "?"))
            if ends := _possible_ends(match[0]):
                yield _with_end(match.start(), end, ends)


def _span_of_line(text: str, match: re.Match[str], least: int) -> tuple[int, int]:
    """From the first to the last character outside ASCII of the text around a run."""
    start = max(least, max((text.rfind(edge, least, match.start()) + 1 for edge in EDGES), default=0))
    end = min((at for edge in EDGES if (at := text.find(edge, match.end())) >= 0), default=len(text))
    found = [high.start() for high in re.finditer(r"[^\x00-\x7f]", text[start:end])]
    return start + found[0], start + found[-1] + 1


def undone(text: str) -> str | None:
    """The text as it was; None where no pair of charsets gives a likelier one."""
    if len(text) < 2 or _is_ordinary(text):
        return None
    for read, right in PAIRS:
        for data in _bytes_as(read, text):
            decoded = _strictly(data, right)
            if decoded and decoded != text and _gives(data, read, text) and _is_better(decoded, text):
                return decoded
    return None


def _gives(data: bytes, codec: str, text: str) -> bool:
    """Whether the bytes are read as this text again, the byte 80 as browsers read it: alone, and as €."""
    if codec == "gb18030" and "€" in text:
        return "€".join(part.encode(codec).decode(codec) for part in text.split("€")) == text
    return data.decode(codec, "replace") == text


def is_likely(text: str, slack: float = 0.0) -> bool:
    """Whether the Chinese in a text reads as Chinese; `slack` is what a character may cost more where the page says so."""
    from tasks.restoration.characters.scripts import to_simplified  # loads OpenCC, 10 ms; only what may be Chinese needs it

    text = _ASCII.sub("", text)
    letters = len(_HAN.findall(text))
    if letters < 2 or 2 * letters < len(text):
        return False
    return cost_of(to_simplified(text)) <= (LIKELY if letters > LEAST_OTHER else LIKELY_SHORT) + slack


def cost_of(text: str) -> float:
    """Of a character outside ASCII, on average."""
    text = _ASCII.sub("", text)
    return character_model().cost_of(text) / max(1, len(text))


def _is_ordinary(run: str) -> bool:
    han = _HAN.findall(run)
    return len(han) >= 4 and sum(char in _FREQUENT for char in han) >= max(2, ORDINARY * len(han))


def _is_better(decoded: str, run: str) -> bool:
    if _HAN.search(decoded):
        return is_likely(decoded) and cost_of(decoded) + GAIN <= cost_of(run)
    return len(_LETTER.findall(decoded)) >= LEAST_OTHER and cost_of(run) > LIKELY


def _bytes_as(codec: str, run: str) -> Iterator[bytes]:
    """The bytes that were read as this run. Decoders of GBK show the byte 80, which is none of its, as €."""
    try:
        if codec == "gb18030" and "€" in run:
            yield b"\x80".join(part.encode(codec) for part in run.split("€"))
        yield run.encode(codec)
    except UnicodeEncodeError:  # not what this reader can have written
        return


def _strictly(data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return ""
    return text if text.encode(codec) == data and text.replace("\u3000", " ").isprintable() else ""


def _possible_ends(run: str) -> list[str]:
    """UTF-8 read as GBK of an odd length: the last byte had no partner and is gone, so that 64 texts are possible."""
    for data in _bytes_as("gb18030", run):
        whole = data.decode("utf-8", "ignore")
        rest = data[len(whole.encode()) :]
        if len(rest) == 2 and data.startswith(whole.encode()) and 0xE3 <= rest[0] <= 0xE9 and _is_better(whole, run):
            ends = ((rest + bytes((last,))).decode("utf-8", "ignore") for last in range(0x80, 0xC0))
            return [whole + end for end in ends if end.isprintable()]
    return []


def _with_end(start: int, end: int, texts: list[str]) -> Change:
    """The likeliest of texts that differ in their last character, which stays marked where the model is not certain."""
    costs = {text: character_model().cost_of(text) for text in texts}
    least = min(costs.values())
    total = sum(math.exp(least - cost) for cost in costs.values())
    ranked = sorted(((text, math.exp(least - cost) / total) for text, cost in costs.items()), key=lambda one: -one[1])
    candidates = tuple(ranked[:MOST_CANDIDATES])
    best, share = candidates[0]
    if share >= CERTAIN:
        return Change(start, end, best, METHOD, "model", confidence=share, candidates=candidates)
    return Change(start, end, best[:-1] + "\ufffd", METHOD, "the last byte was lost", False, share, candidates, "lost")
