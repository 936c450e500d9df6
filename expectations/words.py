"""An expectation in words: what it wants, and which sentence of its notes is about what came."""

import re
from typing import Any

from expectations.promises import came, describe
from warehouse.tables.contract import Rule


def wanted(configuration: Any) -> str:
    """What a value has to be: `one of 'a', 'b'`, `of the form …`, `at most 1000 characters`."""
    kwargs, name = configuration.kwargs, configuration.type
    if "value_set" in kwargs:
        allowed = ", ".join(came(value) for value in kwargs["value_set"])
        return f"one of {allowed}" if len(kwargs["value_set"]) > 1 else allowed
    if "regex" in kwargs:
        return ("not " if "_not_" in name else "") + describe(Rule("matches", (), kwargs["regex"]))
    if kwargs.get("min_value") is not None or kwargs.get("max_value") is not None:
        kind = "length" if "lengths" in name else "between"
        return describe(Rule(kind, (), least=kwargs.get("min_value"), most=kwargs.get("max_value")))  # type: ignore[arg-type]
    if "column_B" in kwargs:
        return f"{kwargs['column_A']} after {kwargs['column_B']}" + (" or equal" if kwargs.get("or_equal") else "")
    return "unique" if "unique" in name else "present" if "not_be_null" in name else name.removeprefix("expect_").replace("_", " ")


def why(notes: str | None, values: list[Any]) -> str:
    """The notes; of notes with a part for each verdict (`address: it leads to no page.`) the part for the one that came."""
    for value in values:
        part = re.search(rf"(?:^|\. ){re.escape(str(value))}: (.+?\.)(?= [\w]+: |$)", notes or "")
        if part:
            return part[1]
    return notes or ""
