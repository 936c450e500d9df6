"""What contracts promise about single values, in words, and which of them a rejected row has broken."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from warehouse.tables import TABLES
from warehouse.tables.contract import Rule, rules

CAME_CHARS = 120


@cache
def promises_of(table_name: str) -> tuple[Rule, ...]:
    """What the contract of a table promises of each value; the key, which is about several rows, apart."""
    contract = next(table for table in TABLES if table_name == table.TABLE)
    return tuple(rule for rule in rules(contract) if rule.kind != "unique")


def describe(promise: Rule) -> str:
    """A structural rule in words."""
    if promise.kind == "complete":
        return "present"
    if promise.kind == "matches":
        return f"of the form {promise.regex}"
    least, most = promise.least, promise.most
    bounds = f"{least:g} or more" if most is None else f"at most {most:g}" if least is None else f"{least:g} to {most:g}"
    return f"{bounds} characters" if promise.kind == "length" else bounds


def broken(promises: Iterable[Rule], row: dict[str, Any]) -> Iterator[str]:
    """The promises that a row breaks, each as a sentence: what was expected, what came."""
    for promise in promises:
        for column in promise.columns:
            value = row[column]
            if not _keeps(value, promise):
                yield f"{column}: expected {describe(promise)}, came {came(value)}"


def came(value: Any) -> str:
    """A value for a message: quoted if it is text, cut if it is long. NaN is how pandas says null."""
    if value is None or value != value:
        return "null"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= CAME_CHARS else f"{text[:CAME_CHARS]}… ({len(text)} characters)"


def _keeps(value: Any, promise: Rule) -> bool:
    if value is None or promise.kind == "complete":
        return value is not None or promise.kind != "complete"
    if promise.regex is not None:
        return re.search(promise.regex, value) is not None
    size = len(value) if promise.kind == "length" else value
    return (promise.least is None or size >= promise.least) and (promise.most is None or size <= promise.most)
