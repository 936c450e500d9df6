"""One piece of text beside a headline, taken apart: times, counts, bare numbers, and the words that are left."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tasks.dissection.listings.found import ItemText
from tasks.dissection.listings.items.clock import ListingClock
from tasks.dissection.listings.items.times import LONGEST, PrintedTime, find_time
from tasks.dissection.words.class_names import kinds_in
from tasks.dissection.words.count_words import kind_counted
from tasks.dissection.words.counts import Count, counts_in
from tasks.dissection.words.dates import ascii_digits, read_moment
from tasks.dissection.words.lexicon import load_lexicon, words_of

HINTS = ("duration", "time", "teaser", "person", "source", "topic")  # in the order in which they are believed
_RANK = re.compile(r"[\s(（\[【#]*(?:第|no\.?\s?|nr\.?\s?|№\s?|top\s?)?(\d{1,3})\s?(?:位|위|名|\.|、|º|°|\)|）|\]|】)?\s*", re.IGNORECASE)
_PARTING = re.compile(r"\s*[|｜·•⋅‧／»›>—–]\s*|\s+[-/~]\s+|\s{2,}")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")  # ids count: without their numbers they are few
_EDGES = " \t\u00a0,，.:：;；|｜·•⋅/-–—~›#►▶⟩→"
_BARS = "|｜ "  # that part a time from the headline before or behind it
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "<": ">", "《": "》", "«": "»", "「": "」"}
_CLOSING = frozenset(_BRACKETS.values())


@dataclass(slots=True)  # not frozen: made for every piece, which took twice as long
class ParsedText:
    """What a piece says. `number` is a number that is all of its text; `texts` are the words that are neither time nor count."""

    piece: ItemText
    is_before: bool
    hint: str | None  # of HINTS
    machine: PrintedTime | None = None
    printed: PrintedTime | None = None
    is_change: bool = False  # the printed time is that of the last change
    counts: tuple[Count, ...] = ()
    number: int | None = None
    texts: tuple[str, ...] = ()


def parse_text(piece: ItemText, is_before: bool, clock: ListingClock) -> ParsedText:
    """Numbers are read first, since they are cheap; what they leave is searched for a time, and what that leaves is text."""
    hint = hint_of(piece.names) if piece.names else None
    if hint == "duration":
        return ParsedText(piece, is_before, hint)
    machine, number = _machine(piece, hint)
    text = piece.text.strip(_BARS) if piece.text[:1] in _BARS or piece.text[-1:] in _BARS else piece.text
    has_digit = _DIGIT.search(text) is not None
    if not text or (len(text) > LONGEST and not has_digit):
        return ParsedText(piece, is_before, hint, machine, number=number)
    if has_digit and number is None and len(text) <= 12 and (rank := _RANK.fullmatch(ascii_digits(text))):
        return ParsedText(piece, is_before, hint, machine, number=int(rank[1]))
    found = counts_in(text, clock.language) if has_digit else ()
    if len(found) == 1 and found[0].kind is None:
        return ParsedText(piece, is_before, hint, machine, number=found[0].value)
    for count in reversed(found):
        text = f"{text[: count.start]} | {text[count.end :]}"
    hinted = piece.tag == "time" or hint == "time"
    printed = find_time(text, clock.language, clock.month_first, hinted)
    is_change = False
    if printed is not None:
        left, right = text[: printed.start], text[printed.end :]
        is_change = _says(left, "modified")
        text = right if is_change or _says(left, "published") else f"{left} | {right}"
    texts: tuple[str, ...] = ()
    if text.strip(" |"):
        parts = (_bare(part) for part in _PARTING.split(text))
        texts = tuple(part for part in parts if part and (printed is None or not _is_of_time(part)))
    if printed is not None and not texts and not found and not is_change:
        said = piece.text.strip(_EDGES)
        printed = printed if printed.text == said else replace(printed, text=said)
    return ParsedText(piece, is_before, hint, machine, printed, is_change, found, number, texts)


def _bare(text: str) -> str:
    """Without the marks at its ends and the brackets around it, or one that has lost the other."""
    text = text.strip(_EDGES)
    if text[:1] not in _BRACKETS and text[-1:] not in _CLOSING:
        return text
    for opening, closing in _BRACKETS.items():
        if text[:1] == opening and (text.endswith(closing) or closing not in text):
            text = text[1:].removesuffix(closing).strip(_EDGES)
        elif text[-1:] == closing and opening not in text:
            text = text[:-1].strip(_EDGES)
    return text


def _machine(piece: ItemText, hint: str | None) -> tuple[PrintedTime | None, int | None]:
    """What the attributes tell: a moment, or a number where the class names say that it is a count."""
    said = (piece.machine or "").strip()
    if not said:
        return None, None
    if len(said) >= 8 and (moment := read_moment(said[:64])) is not None:
        return PrintedTime(said, 0, len(said), moment=moment), None
    is_count = said.isdecimal() and len(said) <= 9 and hint != "time" and kind_counted(piece.names) in ("comment", "like", "read")
    return None, int(said) if is_count else None


def _says(text: str, table: str) -> bool:
    """Whether the words before a time are of that table: Updated, veröffentlicht am, 更新."""
    folded = text.casefold().strip(_EDGES)
    return bool(folded) and any(folded.endswith(word) or folded.startswith(f"{word} ") for word in words_of("times", table))


@lru_cache(maxsize=1024)
def _is_of_time(text: str) -> bool:
    """Uhr, le, Mon: words that belong to the time that was taken out."""
    folded = text.casefold()
    return folded in words_of("times", "clock_words") or folded in _weekdays()


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(word for days in load_lexicon("relative_times")["weekdays"].values() for day in days for word in day.split())


@lru_cache(maxsize=4096)
def hint_of(names: str) -> str | None:
    """What the class names say that a piece is: one of HINTS. They go from the item's root to the piece: the last name counts."""
    return next((hint for name in reversed(names.split()) if (hint := _hint_of_name(_DIGITS.sub("", name)))), None)


@lru_cache(maxsize=8192)
def _hint_of_name(name: str) -> str | None:
    *_, last = (None, *kinds_in(name, HINTS))
    return last
