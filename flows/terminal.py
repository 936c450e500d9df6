"""What commands print. Crawled text decides nothing but what is read: not how a terminal or a spreadsheet behaves."""

import csv
import json
import re
import sys
from collections.abc import Iterable
from typing import Any

import click

from warehouse.csv_cells import CONTROLS, safe_cell

HALVES = r"\ud800-\udfff"  # halves of characters, which no charset has
DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # Unicode's property Bidi_Control: shows text in another order than it has
BREAKS = r"\u2028\u2029"
NOT_SHOWN = re.compile(f"[{CONTROLS}{HALVES}{DIRECTIONS}{BREAKS}]")


def shown(text: str) -> str:
    r"""One line as a terminal may have it: what would act on it, or reorder it, as an escape, such as \x1b, \n or \u202e."""
    return NOT_SHOWN.sub(_escape, text)


def put(line: str, *, err: bool = False) -> None:
    """Print one line, whatever is in it."""
    click.echo(shown(line), err=err)


def put_lines(text: str, *, err: bool = False) -> None:
    """Print a text of our own making in its lines, such as a table, in which values have no line breaks any more."""
    for line in text.split("\n"):
        put(line, err=err)


def put_json(value: Any) -> None:
    """Print one JSON document; escapes of JSON's own lose nothing."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    click.echo(NOT_SHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def put_csv(columns: list[str], rows: Iterable[tuple[Any, ...]], *, is_raw: bool) -> None:
    """Print rows as RFC 4180 has them, lists and structs as JSON. `is_raw`: exact texts, whatever they do to who opens them."""
    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    writer.writerows([_cell(value, is_raw=is_raw) for value in row] for row in rows)


def _cell(value: Any, *, is_raw: bool) -> Any:
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if is_raw or not isinstance(value, str):
        return value
    return safe_cell(value)


def _escape(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]
