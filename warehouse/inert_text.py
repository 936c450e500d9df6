"""Text of strangers made inert: what acts on who shows it, as an escape, and rows as CSV."""

import csv
import json
import re
from collections.abc import Iterable
from typing import Any, Protocol

from warehouse.csv_cells import CONTROLS, safe_cell

HALVES = r"\ud800-\udfff"  # halves of characters, which no charset has
DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # Unicode's property Bidi_Control: shows text in another order than it has
BREAKS = r"\u2028\u2029"
ACTING = f"{CONTROLS}{HALVES}{DIRECTIONS}{BREAKS}"
_ACTS = re.compile(f"[{ACTING}]")
_IN_JSON = re.compile(f"[{CONTROLS}{HALVES}]")  # what JSON leaves as it is, as escapes of its own: as safe_json_sql has it


class Written(Protocol):
    """What a text can be written to."""

    def write(self, text: str, /) -> object: ...


def escaped(text: str, form: str = "") -> str:
    r"""The text with what acts as Python writes it, such as \x1b or \u202e; `form`: of the code point instead, such as \u{:04x}."""
    return _ACTS.sub(lambda found: form.format(ord(found[0])) if form else ascii(found[0])[1:-1], text)


def write_csv(target: Written, rows: Iterable[Iterable[Any]], *, is_raw: bool) -> None:
    """Write rows as RFC 4180 has them, lists and structs as JSON. `is_raw`: exact texts, whatever they do to who opens them."""
    csv.writer(target).writerows([_cell(value, is_raw=is_raw) for value in row] for row in rows)


def _cell(value: Any, *, is_raw: bool) -> Any:
    if isinstance(value, list | dict):
        told = json.dumps(value, ensure_ascii=False, default=str)
        return told if is_raw else _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", told)  # it never begins as a formula does
    return value if is_raw or not isinstance(value, str) else safe_cell(value)
