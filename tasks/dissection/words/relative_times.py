"""Times told from the moment of reading, in many languages: "3 hours ago", "gestern, 15:03 Uhr", "2시간 전", 刚刚."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tasks.dissection.words.clocks import clock_after, clock_before
from tasks.dissection.words.lexicon import load_lexicon
from tasks.dissection.words.text import width

UNITS = ("minute", "hour", "day", "week", "month", "year")
DAYS = ("today", "yesterday", "day_before")  # their index is how many days ago
_UNSPACED = frozenset({"zh", "ja", "ko", "th"})  # their words stand in a row without blanks
_WORD = re.compile(r"[^\s,.;:|·•()\d]+")
_HALF = "半"
_SHARES = {("hour", "minute"): 60, ("day", "hour"): 24}  # "1 hour 20 minutes ago": how many of the smaller one


@dataclass(frozen=True, slots=True)
class Relative:
    """How long before the reading, and the smallest unit that is told. A time of day is told with days and weekdays only."""

    unit: str  # of UNITS, or now
    amount: float
    start: int
    end: int
    clock: tuple[int, int] | None = None
    weekday: int | None = None  # 0 is Monday; amount is then unknown


def relative_in(text: str, language: str | None, *, hinted: bool) -> Relative | None:
    """The first such time in `text`, or None. `hinted`: the element says that it holds a time, so that one short word is enough."""
    folded = text.lower()
    if len(folded) != len(text):  # İ becomes two characters: offsets would be wrong
        return None
    is_only_now = folded.strip(" .,!") in _now()
    if is_only_now and (hinted or " " in folded.strip() or not folded.isascii()):
        return Relative("now", 0, 0, len(text))
    for lang in _triggered(folded, language):
        if found := _ago(folded, lang) or _day(folded, lang, hinted):
            return found
    return _bare(folded, language) if hinted else None


def _ago(text: str, lang: str) -> Relative | None:
    for match in _pattern(lang).finditer(text):
        word = match["unit"]
        unit, amount = _units(lang)[word], _number(match["number"])
        fused = word in _words(lang, "{}_ago")
        if not (fused or match["after"] or (match["before"] and lang not in _needs_after())):
            continue
        if word in _words(lang, "two_{}s"):
            amount = 2
        elif not match["number"] and "" not in load_lexicon("relative_times")["one"].get(lang, ()):
            continue
        share = _SHARES.get((unit, _units(lang).get(match["smaller"] or "", "")))
        if share:
            unit, amount = _units(lang)[match["smaller"]], amount * share + int(match["rest"])
        return Relative(unit, amount, *match.span())
    return None


def _number(text: str | None) -> float:
    if text == _HALF:
        return 0.5
    return float(text.replace(",", ".")) if text and text[0].isdigit() else 1


def _day(text: str, lang: str, hinted: bool) -> Relative | None:
    """Today, yesterday or a weekday: with a time of day, or alone where nothing else can be meant."""
    match = _days(lang).search(text)
    if match is None:
        return None
    word, start, end = match[0], match.start(), match.end()
    clock = clock_after(text, end) or clock_before(text, start)
    ago, weekday = _day_number(lang)[word]
    hour_minute = (clock.hour, clock.minute) if clock else None
    if clock:
        start, end = min(start, clock.start), max(end, clock.end)
    alone = len(text.strip(" .,")) == len(word) and (hinted or ago == 1)
    if clock is None and not (alone and width(word) > 3):
        return None
    return Relative("day", ago, start, end, hour_minute, weekday)


def _bare(text: str, language: str | None) -> Relative | None:
    """A time such as "2h" and "3 Std." without a word for "ago", in an element that says it holds a time."""
    if not text[:1].isdigit() or len(text) > 12:
        return None
    for lang in dict.fromkeys((language or "en", "en")):
        units = _units(lang)
        match = re.fullmatch(r"(\d{1,2})\s?([^\W\d]+)\.?", text)
        if match and match[2] in units:
            return Relative(units[match[2]], int(match[1]), 0, len(text))
    return None


def _triggered(folded: str, language: str | None) -> Iterator[str]:
    """Languages whose words for "ago", yesterday or a weekday are in the text, the page's own first."""
    words, parts = _triggers()
    found: set[str] = set()
    for word in _WORD.findall(folded):
        found |= words.get(word, frozenset())
    if not folded.isascii():
        for part, langs in parts.items():
            if part in folded:
                found |= langs
    if language in found:
        yield str(language)
    yield from sorted(found - {language or ""})


@cache
def _triggers() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    words: dict[str, set[str]] = {}
    parts: dict[str, set[str]] = {}
    tables = load_lexicon("relative_times")
    names = ("before", "after", *DAYS, "minute_ago", "hour_ago", "day_ago", "week_ago", "month_ago")
    pairs = [(lang, entry) for name in names for lang, entries in tables[name].items() for entry in entries]
    pairs += [(lang, word) for lang, days in tables["weekdays"].items() for day in days for word in day.split()]
    for lang, entry in pairs:
        if lang in _UNSPACED:
            parts.setdefault(entry, set()).add(lang)
        else:
            words.setdefault(max(_WORD.findall(entry), key=len), set()).add(lang)
    return {w: frozenset(langs) for w, langs in words.items()}, {p: frozenset(langs) for p, langs in parts.items()}


@cache
def _now() -> frozenset[str]:
    return frozenset(word for words in load_lexicon("relative_times")["now"].values() for word in words)


@cache
def _units(lang: str) -> dict[str, str]:
    """The unit that each word of a language names."""
    tables = load_lexicon("relative_times")
    found: dict[str, str] = {}
    for unit in UNITS:
        for name in (unit, f"{unit}_ago", f"two_{unit}s"):
            found |= dict.fromkeys(tables.get(name, {}).get(lang, ()), unit)
    return found


@cache
def _words(lang: str, name: str) -> tuple[str, ...]:
    """Words of the tables that are named after each unit, such as hour_ago."""
    tables = load_lexicon("relative_times")
    return tuple(word for unit in UNITS for word in tables.get(name.format(unit), {}).get(lang, ()))


@cache
def _needs_after() -> frozenset[str]:
    return frozenset(load_lexicon("relative_times")["needs_after"]["languages"])


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    """Number and unit, with what a language says "ago" with before or behind them; which of the two is asked for is not told here."""
    tables = load_lexicon("relative_times")
    before, after = tables["before"].get(lang, ()), tables["after"].get(lang, ())
    head, tail = ("", "") if lang in _UNSPACED else (r"(?<!\w)", r"(?!\w)")
    units = _either([*_words(lang, "{}"), *_words(lang, "two_{}s"), *_words(lang, "{}_ago")])
    number = rf"(?:(?P<number>\d+(?:[.,]5)?|{_either([_HALF, *tables['one'].get(lang, ())])})\s*(?:de\s+)?)?"
    rest = rf"(?:[,\s]+(?:(?:and|und|et|y|e|i|и)\s)?(?P<rest>\d+)\s*(?P<smaller>{units}){tail}\.?)?"
    return re.compile(
        rf"{head}(?P<before>(?:{_either(before)})\s*)?{number}(?P<unit>{units}){tail}\.?{rest}(?P<after>\s*(?:{_either(after)}){tail})?"
    )


@cache
def _days(lang: str) -> re.Pattern[str]:
    head, tail = ("", "") if lang in _UNSPACED else (r"(?<!\w)", r"(?!\w)")
    return re.compile(rf"{head}(?:{_either(_day_number(lang))}){tail}")


@cache
def _day_number(lang: str) -> dict[str, tuple[int, int | None]]:
    """(days ago, weekday or None) of each word of a language that names a day."""
    tables = load_lexicon("relative_times")
    found: dict[str, tuple[int, int | None]] = {}
    for number, day in enumerate(tables["weekdays"].get(lang, ())):
        found |= dict.fromkeys(day.split(), (0, number))
    for ago, name in enumerate(DAYS):
        found |= dict.fromkeys(tables[name].get(lang, ()), (ago, None))
    return found


def _either(words: Iterable[str]) -> str:
    """An alternation that tries longer words first; one that matches nothing where there are none."""
    return "|".join(re.escape(word) for word in sorted(filter(None, words), key=len, reverse=True)) or r"(?!)"
