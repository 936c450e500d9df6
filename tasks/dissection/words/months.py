"""Months by their names, in many languages."""

import re
import unicodedata
from functools import cache, lru_cache

from tasks.dissection.words.lexicon import load_lexicon

# What one month is written with in different keyboards and spellings: hamzas, Arabic and Persian yeh and kaf.
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ي": "ی", "ى": "ی", "ك": "ک"})
_IN = "ב"
_BLANK = "_"  # stands in the lexicon for a blank inside a name, since blanks part spellings


def month_number(word: str, lang: str | None, *, own_only: bool = False) -> int | None:
    """Number of a month's name, in the page's language first, then in any unless `own_only`."""
    names, key = _months(), folded_name(word)
    if key.startswith(_IN) and ("he", key[1:]) in names:  # an article or preposition is written in one with its noun: במאי
        return names["he", key[1:]]
    return names.get((lang, key)) or (None if own_only else names.get((None, key)))


def same_letters(text: str) -> str:
    """The text with one letter for those that keyboards differ in; every place keeps its offset."""
    return text if text.isascii() else text.translate(_LETTERS)


@lru_cache(maxsize=1024)
def folded_name(word: str) -> str:
    """A month's name as all its spellings are compared."""
    plain = word.casefold().strip(".")
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain).translate(_LETTERS)


@cache
def names_of_two_words() -> re.Pattern[str]:
    """A day and a month whose name has a blank in it, with the year behind: 4 كانون الثاني 2024."""
    names = sorted((name for lang, name in _months() if lang is None and " " in name), key=len, reverse=True)
    return re.compile(rf"(?<!\d)(\d{{1,2}})\s({'|'.join(map(re.escape, names))})[\s,،/]{{1,3}}(?:\w+\s)?(\d{{4}})(?!\d)")


@cache
def _months() -> dict[tuple[str | None, str], int]:
    table: dict[tuple[str | None, str], int] = {}
    for language, months in load_lexicon("months").items():
        for number, spellings in enumerate(months, start=1):
            for spelling in spellings.split():
                name = folded_name(spelling.replace(_BLANK, " "))
                table[language, name] = number
                table.setdefault((None, name), number)
    return table
