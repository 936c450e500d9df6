"""The terms of a text where there is no DuckDB, in a worker: what the macro search.tokens gives, by the pattern of search.runs."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

RUNS = Path(__file__).parents[1] / "macros" / "runs.sql"
LONGEST = 40  # characters of a word
NO_SPACES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x10FFFF))  # as in search.has_no_spaces
FIRST = chr(NO_SPACES[0][0])
MOST = 65_535  # that a posting tells


def tokens(text: str) -> list[str]:
    """The terms of a folded text, in its order."""
    found = []
    for run in _pattern().findall(text):
        if run < FIRST or not any(first <= ord(run[0]) <= last for first, last in NO_SPACES):
            found.append(run[:LONGEST])
        else:
            found += [run[place : place + 2] for place in range(len(run))]
    return found


def counted(text: str) -> tuple[list[str], list[int]]:
    """The terms of a folded text, each once, and how often each stands there, as postings have it."""
    counts = Counter(tokens(text))
    return list(counts), [min(count, MOST) for count in counts.values()]


@cache
def _pattern() -> re.Pattern[str]:
    r"""That of the macro, in Python's words. Its \s are those of ASCII, which \x00-/ has as well; Python's are more."""
    pattern = RUNS.read_text("utf-8").partition("(text, '")[2].rpartition("')")[0]
    return re.compile(re.sub(r"\\x\{([0-9a-f]+)\}", lambda found: f"\\U{int(found[1], 16):08x}", pattern.replace(r"\s", "")))
