"""Text of strangers made inert: what acts on who shows it, and cells of CSV that a spreadsheet does not run."""

import csv
import json
import re
from collections.abc import Iterable
from typing import Any, Protocol

CONTROLS = r"\x00-\x1f\x7f-\x9f"  # C0, DEL, C1
HALVES = r"\ud800-\udfff"  # halves of characters, which no charset has; Python may hold them, DuckDB does not
DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # Unicode's property Bidi_Control: shows text in another order than it has
BREAKS = r"\u2028\u2029"
NOT_SHOWN = re.compile(f"[{CONTROLS}{HALVES}{DIRECTIONS}{BREAKS}]")
NOT_IN_CELLS = re.compile(f"(?![\t\n])[{CONTROLS}{HALVES}]")  # cells are quoted, so lines and tabs do no harm, and directions are data
# https://owasp.org/www-community/attacks/CSV_Injection: with these a spreadsheet takes a text for a formula
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class Written(Protocol):
    """What a text can be written to."""

    def write(self, text: str, /) -> object: ...


def write_csv(target: Written, rows: Iterable[Iterable[Any]], *, is_raw: bool) -> None:
    """Write rows as RFC 4180 has them, lists and structs as JSON. `is_raw`: exact texts, whatever they do to who opens them."""
    csv.writer(target).writerows([_cell(value, is_raw=is_raw) for value in row] for row in rows)


def escape(found: re.Match[str]) -> str:
    r"""A character as what Python writes for it, such as \x1b or \u202e."""
    return ascii(found[0])[1:-1]


def safe_cell(text: str) -> str:
    """The text as a cell of CSV may have it; docs/decisions/0019-csv-is-safe-to-open.md."""
    return NOT_IN_CELLS.sub(escape, f"'{text}" if text.startswith(FORMULA) else text)


def _cell(value: Any, *, is_raw: bool) -> Any:
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return value if is_raw or not isinstance(value, str) else safe_cell(value)
