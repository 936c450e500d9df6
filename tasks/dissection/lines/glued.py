"""Lines that hold more than one thing: a headline with its count or date glued on, a run of such items, a label at the end."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from tasks.dissection.lines.lines import Line
from tasks.dissection.lines.shapes import CLOCK, DATE, HEADLINE_WIDTH, count_stems, counted_words
from tasks.dissection.words.lexicon import Affixes
from tasks.dissection.words.text import width

_BETWEEN = " \t\u00a0\u3000|·•⋅,，"  # what stands between a headline and its counts
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*\s?[万萬亿億千만천kmKM]?\+?\s?[条條件個개人次]?")
REACH = 100  # characters on either side of a number in which its word is looked for: a line may be as long as the page
LEAST_HEADLINE = 8  # columns in front of a count that make it an item's: two Chinese words, an English one
_MAGNITUDE = r"(?:\s?(?:万|萬|亿|億|千|만|천|[kKmM](?![^\W\d_])|Tsd\.?|Mio\.?|тыс\.?|mil\b))?\+?"
_NUMBER = rf"\d{{1,3}}(?:[.,\u00a0\u202f ]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?{_MAGNITUDE}"


def split_runs(lines: list[Line]) -> list[Line]:
    """Lines with one headline or one note each. What is split keeps the number of its line; the parts that are headlines begin items."""
    return [part for line in lines for part in _split(line)]


def _split(line: Line) -> Iterator[Line]:
    text = line.text
    notes = list(_notes(text)) if any(map(str.isdigit, text)) else []
    if not notes:
        yield line
        return
    head = text[: notes[0][0]].strip()
    if width(head) < LEAST_HEADLINE:
        yield line  # it begins with the note: a note with a topic, or a sentence
        return
    tail = text[notes[-1][1] :].strip()
    if len(notes) == 1 and tail and not _is_apart(text[notes[0][1] :]):
        yield line  # a number within a sentence
        return
    end = 0
    for index, (start, stop) in enumerate(notes):
        if between := text[end:start].strip(_BETWEEN):
            yield replace(line, text=between, begins=line.begins if not index else True, is_spaced=line.is_spaced and not index)
        yield replace(line, text=text[start:stop].strip(), begins=False, is_spaced=False, href=None)
        end = stop
    if tail:
        yield replace(line, text=tail, begins=False, is_spaced=True, href=None)


def _notes(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of counts, in a run of items or at the end of a line, and of a date at its end."""
    counts = [match.span() for match in _count().finditer(text)] if _may_count(text) else []
    if len(counts) > 1 or (counts and not text[counts[0][1] :].strip()):
        yield from counts
        return
    dates = [match.span() for match in _DATED_END.finditer(text)]
    if dates and width(text[: dates[0][0]]) >= HEADLINE_WIDTH.start / 2:
        yield from dates


def _may_count(text: str) -> bool:
    """Whether a number has a count word on either side; asked first, since the pattern of all words costs twenty times as much."""
    words = _count_words()
    folded = text.casefold()
    for number in _DIGITS.finditer(folded):
        before, behind = folded[max(0, number.start() - REACH) : number.start()], folded[number.end() : number.end() + REACH]
        above = before.rstrip(" :：(（\u00a0")
        if words.end(above) or words.begin(behind.lstrip(" \u00a0")):
            return True
        is_whole = " " in above or len(before) < REACH  # else the word begins further up than is looked
        if is_whole and (last := above.rsplit(" ", 1)[-1]) and words.begin(last):
            return True
    return False


@cache
def _count_words() -> Affixes:
    return Affixes(count_stems())


# A full date, with or without a clock, behind which nothing else stands.
_DATED_END = re.compile(rf"[(（\[]?(?:{DATE.pattern})(?:\s*{CLOCK.pattern})?[)）\]]?\s*$")


def _is_apart(rest: str) -> bool:
    """Whether what follows a count is something else: it is set off by more than a space."""
    return rest[:1] in "|·•⋅\t\u3000" or rest.startswith("  ")


@cache
def _count() -> re.Pattern[str]:
    """A count word and its number, in either order. Before a number the word may stand in any text of a script without spaces, behind
    one it has to end there, or "2 views of the war" would be a count."""
    words = counted_words()
    return re.compile(
        rf"(?<![^\W\d_\u3040-\u9fff\uac00-\ud7a3])[(（]?(?:{words})\s?[:：(（]?\s?(?:{_NUMBER})[)）]?|(?<![\d.,])(?:{_NUMBER})\s?[条條件]?\s?(?:{words})(?!\w)[)）]?",
        re.IGNORECASE,
    )
