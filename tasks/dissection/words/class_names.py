"""What class names and ids say that an element holds (lexicons/class_names.toml, lexicons/block_names.toml)."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tasks.dissection.words.lexicon import load_lexicon

WHOLE = {"class_names": 4, "block_names": 2}  # letters up to which a fragment of a lexicon is a whole word of the name
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def kinds_in(names: str, kinds: tuple[str, ...], stem: str = "class_names") -> Iterator[str]:
    """Which of `kinds`, tables of a lexicon, the names tell, in the order in which they do."""
    return (str(match.lastgroup) for match in _pattern(stem, kinds).finditer(_CAMEL.sub("-", names).lower()))


@lru_cache(maxsize=8192)  # a page repeats its names
def kind_of_names(names: str, kinds: tuple[str, ...]) -> str | None:
    """The first of them, or None."""
    return next(kinds_in(names, kinds), None)


@cache
def _pattern(stem: str, kinds: tuple[str, ...]) -> re.Pattern[str]:
    tables = load_lexicon(stem)
    return re.compile("|".join(f"(?P<{kind}>{'|'.join(_fragment(f, WHOLE[stem]) for some in tables[kind].values() for f in some)})" for kind in kinds))


def _fragment(text: str, whole: int) -> str:
    return re.escape(text) if len(text) > whole else rf"(?<![a-z]){re.escape(text)}(?![a-z])"
