"""Dates that Japan, Taiwan and China print in their own years and numerals: 令和六年五月四日, 民國113年5月4日, 二〇二四年五月四日."""

import re
from collections.abc import Iterator
from datetime import datetime

# Year 1 follows. Japanese Era Name Act; the Republic of China counts from 1912.
_BEFORE_ERA = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "令": 2018, "平": 1988, "昭": 1925, "R": 2018, "H": 1988, "S": 1925,
    "中華民國": 1911, "中华民国": 1911, "民國": 1911, "民国": 1911,
}  # fmt: skip
_DIGITS = {char: number for number, chars in enumerate(("〇零○", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for char in chars}
_TEN, _HUNDRED = "十", "百"
_HAN = f"{''.join(_DIGITS)}{_TEN}{_HUNDRED}"
_MONTH_DAY = rf"(?P<month>\d{{1,2}}|[{_HAN}]{{1,3}})\s?月\s?(?P<day>\d{{1,2}}|[{_HAN}]{{1,3}})\s?[日號号]?"
_WORDED = re.compile(
    r"(?P<era>令和|平成|昭和|大正|中華民國|中华民国|民國|民国|(?<![A-Za-z0-9])[RHS])\s?"
    rf"(?P<year>元|\d{{1,3}}|[{_HAN}]{{1,5}})\s?年\s?(?:[（(]\s?\d{{4}}\s?年?\s?[)）]\s?)?{_MONTH_DAY}"
)
_YEAR_WITH_ERA = re.compile(rf"(?<!\d)(?P<year>\d{{4}})\s?年?\s?[（(][^\s（()）]{{2,3}}(?:\d{{1,2}}|元)年?[)）]\s?年?\s?{_MONTH_DAY}")
_HAN_YEAR = re.compile(rf"(?<![{_HAN}\d])(?P<year>[一二][{''.join(_DIGITS)}]{{3}})\s?年\s?{_MONTH_DAY}")
_LETTER = re.compile(
    r"(?P<era>令和?|平成?|昭和?|(?<![A-Za-z0-9])[RHS])\.?(?P<year>\d{1,2})(?P<mark>[./・-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d./-])"
)
# Of three digits, 100 to 149 (2011 to 2060): in no other calendar that pages in Chinese print.
_BARE_YEAR = re.compile(
    r"(?<![\d./-])(?P<year>1[0-4]\d)(?P<mark>[./-]|\s?年\s?)(?P<month>\d{1,2})(?:(?P=mark)|\s?月\s?)(?P<day>\d{1,2})(?![\d./-]\d|\d)\s?日?"
)


def east_asian_days(text: str, lang: str | None) -> Iterator[tuple[datetime, int, int]]:
    """(day, start, end) of every date in years or numerals of these countries, in no order."""
    if "年" in text:
        for pattern in (_WORDED, _YEAR_WITH_ERA, _HAN_YEAR):
            for match in pattern.finditer(text):
                yield from _found(match)
    if lang == "ja":
        for match in _LETTER.finditer(text):
            yield from _found(match)
    if lang == "zh":
        for match in _BARE_YEAR.finditer(text):
            yield from _found(match, "民國")


def _found(match: re.Match[str], era: str | None = None) -> Iterator[tuple[datetime, int, int]]:
    era = era or match.groupdict().get("era")
    numbers = [_number(match[part]) for part in ("year", "month", "day")]
    try:
        yield datetime((numbers[0] or 0) + _BEFORE_ERA.get(era or "", 0), numbers[1] or 0, numbers[2] or 0), match.start(), match.end()
    except ValueError:  # 31 February, month 13
        return


def _number(text: str) -> int | None:
    """By digits, by digits in Han characters (一一三), or in words (二十四, 一百一十三)."""
    if text == "元":
        return 1
    if text.isdecimal():
        return int(text)
    if _TEN not in text and _HUNDRED not in text:
        return int("".join(str(_DIGITS[char]) for char in text))
    hundreds, _, rest = text.rpartition(_HUNDRED)
    tens, mark, ones = rest.rpartition(_TEN)
    total = 100 * _digit(hundreds, 1) if _HUNDRED in text else 0
    return total + (10 * _digit(tens, 1) if mark else 0) + _digit(ones, 0)


def _digit(text: str, empty: int) -> int:
    """The last digit of a text that zeros may lead; `empty` where there is none."""
    return _DIGITS.get(text[-1:], empty)
