"""The explorer's questions: files of warehouse/explorer/queries, filled with the values of a URL.

A file is a SELECT under comment lines that state its grain, what it reads and answers, and what to do where it gives no row. A line that
names a parameter which the URL does not give is left out; the others get their value as a literal. What is asked is what "as SQL" shows.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.errors import ContractBroken
from warehouse.sql_text import literal

FOLDER = Path(__file__).parent / "queries"
FACTS = ("Grain", "Reads", "Answers", "Empty")
_FACT = re.compile(r"^-- (\w+) +(\S.*)$", re.MULTILINE)
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Question:
    """One file. `reads`: tables, views and macros; `empty`: what to do where no row answers; `text`: the query without its head."""

    name: str
    reads: tuple[str, ...]
    answers: str
    empty: str
    text: str

    def filled(self, **values: Any) -> str:
        """The query with these values; None and "" are not given. Raises KeyError for a parameter of which nothing is said."""
        given = {name: value for name, value in values.items() if value not in (None, "")}
        lines = []
        for line in self.text.splitlines():
            named = _PARAMETER.findall(line)
            if unknown := set(named) - values.keys():
                raise KeyError(f"{self.name}.sql names {', '.join(sorted(unknown))}, of which the view says nothing")
            if given.keys() >= set(named):
                lines.append(_PARAMETER.sub(lambda found: literal(given[found[1]]), line))
        return "\n".join(lines)


@cache
def question(name: str) -> Question:
    """The question of a file. Raises ContractBroken where the file does not say what it is."""
    text = (FOLDER / f"{name}.sql").read_text("utf-8")
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("--"))
    facts = dict(_FACT.findall(head))
    if not text.startswith(f"-- {name}\n") or (missing := [fact for fact in FACTS if fact not in facts]):
        told = ", ".join(missing) if text.startswith(f"-- {name}\n") else f"`-- {name}`"
        raise ContractBroken(f"expected queries/{name}.sql to begin with its name, then {', '.join(FACTS)}; missing is {told}")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return Question(name, tuple(facts["Reads"].split(", ")), facts["Answers"], facts["Empty"], body)


def names() -> list[str]:
    """Of all questions."""
    return sorted(path.stem for path in FOLDER.glob("*.sql"))
