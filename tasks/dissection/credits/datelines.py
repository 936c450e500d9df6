"""Agencies that a story is credited to in its dateline or its last line: BERLIN (dpa) -, 新华社江城3月1日电, mit AFP."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.words.agencies import agency_named, agency_pattern, first_words
from tasks.dissection.words.lexicon import words_of

SIGN_OFF_CHARS = 80
DATELINE_CHARS = 120
_BETWEEN = re.compile(r"\s*[/／,，、;|+&]\s*|\s+[-–—]\s+|\s+")
_LAST_BRACKET = re.compile(r"[(（\[]([^()（）\[\]]{2,40})[)）\]][.。]?$")
_SHORT = re.compile(r"[^\W\d_]{2,4}")
_INITIALS = re.compile(r"[a-zäöüß]{2,4}|[A-Z]{2,3}")
# How dpa numbers its stories: dpa:230428-99-479163/3
_DPA_NUMBER = re.compile(r"\bdpa:\d{6}-\d\d-\d+")


def dateline_agencies(body: str) -> Iterator[tuple[str, str]]:
    """(agency, as printed) in the first two and the last two lines of a story."""
    lines = [line for line in body.split("\n") if line.strip()]
    for line in lines[:2]:
        matches = (pattern.match(line[:DATELINE_CHARS]) for pattern in _datelines())
        if (match := next(filter(None, matches), None)) and (name := agency_named(match["agency"])):
            yield name, match[0].strip(" -–—.:")
    for line in dict.fromkeys(lines[-2:]):
        if match := _LAST_BRACKET.search(line[-60:]):
            tokens = [(agency_named(token), token) for token in re.split(r"\s*[/,，、;]\s*", match[1])]
            is_signed = all(name or _SHORT.fullmatch(token) for name, token in tokens)  # (dpa/lee), (Tgb/dpa)
            yield from ((name, match[0]) for name, _ in tokens if name and is_signed)
        elif (behind := _dash_end().search(line[-60:])) and (name := agency_named(behind["agency"])):
            yield name, behind[0].strip(" .")
        if is_numbered_by_dpa(line):
            yield "dpa", line[-60:]


@cache
def _dash_end() -> re.Pattern[str]:
    """An agency behind a dash behind the last sentence: …. — AFP"""
    return re.compile(rf"[.!?…”\"’'»)]\s?[-–—―]\s?{agency_pattern().pattern}\.?$")


def is_numbered_by_dpa(line: str) -> bool:
    return bool(_DPA_NUMBER.search(line[-60:]))


def agencies_in(source: str) -> list[str]:
    """The agencies of a joint source: Tageblatt, mit dpa."""
    whole = agency_named(source)
    names = [whole] if whole else [agency_named(part) for part in (*re.split(r"\s*[/／,，、;|+&]\s*", source), *source.split())]
    return list(dict.fromkeys(name for name in names if name))


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    """The agency in a dateline: first in Chinese, in the brackets of Japan and Korea, or behind a place."""
    agency = agency_pattern().pattern
    patterns = (
        rf"(?:据|據)?{agency}[\u4e00-\u9fff]{{0,8}}?\s?\d{{1,2}}月\d{{1,2}}日[电電讯訊]",
        rf"[（(]?{agency}[\u4e00-\u9fff]{{0,6}}(?:记者|記者)",
        rf"[【\[［][^】\]］]{{0,16}}?{agency}[】\]］]",
        rf"\([^()=]{{1,14}}=\s?{agency}\)",
        rf"[^.!?()]{{0,60}}\({agency}(?:\s?[/,]\s?[^()]{{1,30}})?\)\s*(?:[-–—−:]|\.-|$)",
        rf"[А-ЯІЇЄҐ][^!?()]{{2,50}}[.,—–-]\s?{agency}\.\s",
        rf"[А-ЯІЇЄҐ][^!?()/]{{2,50}}/{agency}/",
        rf"[A-ZÀ-Þ][A-ZÀ-Þ .'-]{{2,30}},\s(?:[^.!?()]{{2,24}},\s)?{agency}\s?[-–—.]",
    )
    return tuple(re.compile(pattern) for pattern in patterns)


@lru_cache(maxsize=256)  # asked of the same lines for agencies and for sources
def sign_off(text: str, outlet: Outlet) -> list[str] | None:
    """The agencies of a line that holds nothing but them, the outlet, desks' initials and words such as mit, avec.

    None where it says anything else; an empty list where it names the outlet and says "agencies".
    """
    text = text.strip(" ()（）[]©.")
    if not 2 <= len(text) <= SIGN_OFF_CHARS:
        return None
    if whole := agency_named(text):
        return [whole]
    words = [word for word in _BETWEEN.split(text) if word]
    # the names of outlets are dear to compare: lines without an agency are not looked at
    if _telling_words().isdisjoint(map(str.casefold, words)):
        return None
    desks = words_of("sources", "agencies")
    agencies: list[str] = []
    is_outlet = False
    for token in _tokens(words, outlet):
        if name := agency_named(token):
            agencies.append(name)
        elif outlet.is_named(token):
            is_outlet = True
        elif token.casefold() not in _small_words() | desks and not (_INITIALS.fullmatch(token) and len(text) <= 40):
            return None
    says_desk = any(word.casefold() in desks for word in words)
    return agencies if agencies or (is_outlet and says_desk) else None


def _tokens(words: list[str], outlet: Outlet) -> Iterator[str]:
    """Words, with the names of agencies and of the outlet that have several kept whole."""
    index = 0
    while index < len(words):
        joined = {size: " ".join(words[index : index + size]) for size in (4, 3, 2)}
        size = next((n for n, name in joined.items() if agency_named(name) or outlet.is_named(name)), 1)
        yield joined.get(size, words[index])
        index += size


@cache
def _telling_words() -> frozenset[str]:
    return first_words() | words_of("sources", "agencies")


@cache
def _small_words() -> frozenset[str]:
    return frozenset(part for phrase in words_of("sources", "with") for part in phrase.split())
