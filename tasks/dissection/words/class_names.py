"""What class names and ids say that an element holds (lexicons/class_names.toml, lexicons/block_names.toml)."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tasks.dissection.words.lexicon import load_lexicon

WHOLE = {"class_names": 4, "block_names": 2}  # letters up to which a fragment of a lexicon is a whole word of the name
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def kinds_in(names: str, kinds: tuple[str, ...], stem: str = "class_names") -> Iterator[str]:
    """Which of `kinds`, tables of a lexicon, the names tell, in the order in which they do."""
    for name in names.split():
        yield from _kinds_of_name(name, kinds, stem)


@lru_cache(maxsize=8192)  # a page repeats its names
def kind_of_names(names: str, kinds: tuple[str, ...]) -> str | None:
    """The first of them, or None."""
    return next(kinds_in(names, kinds), None)


@lru_cache(maxsize=16384)  # no fragment holds a blank: elements share more names than sequences of names
def _kinds_of_name(name: str, kinds: tuple[str, ...], stem: str) -> tuple[str, ...]:
    pattern, kind_of = _pattern(stem, kinds)
    return tuple(kind_of[found] for found in pattern.findall(_CAMEL.sub("-", name).lower()))


@cache
def _pattern(stem: str, kinds: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Without groups: what begins with a letter is passed over fast, and the fragment tells the kind. Of two that have it, the first."""
    tables, kind_of = load_lexicon(stem), dict[str, str]()
    for kind in kinds:
        for fragment in (fragment for some in tables[kind].values() for fragment in some):
            kind_of.setdefault(fragment, kind)
    return re.compile("|".join(_fragment(fragment, WHOLE[stem]) for fragment in kind_of)), kind_of


def _fragment(text: str, whole: int) -> str:
    return re.escape(text) if len(text) > whole else rf"(?<![a-z]){re.escape(text)}(?![a-z])"
