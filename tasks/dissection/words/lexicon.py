"""Word lists as data: tasks/dissection/words/lexicons/<stem>.toml, read once per process."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicons"


@cache
def load_lexicon(stem: str) -> dict[str, Any]:
    """The lexicon of that name. Raises FileNotFoundError, which is a fault of the installation, where it is missing."""
    return tomllib.loads((FOLDER / f"{stem}.toml").read_text(encoding="utf-8"))


@cache
def words_of(stem: str, table: str) -> frozenset[str]:
    """All words of one table of a lexicon, of every language, in lower case."""
    lists = load_lexicon(stem)[table].values()
    return frozenset(word.casefold() for words in lists for word in words)
