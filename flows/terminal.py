"""What commands print. Crawled text decides nothing but what is read: not how a terminal or a spreadsheet behaves."""

import json
import sys
from collections.abc import Iterable
from itertools import chain
from typing import Any

import click

from warehouse.inert_text import escaped, write_csv


def shown(text: str) -> str:
    r"""One line as a terminal may have it: what would act on it, or reorder it, as an escape, such as \x1b, \n or \u202e."""
    return escaped(text)


def put(line: str, *, err: bool = False) -> None:
    """Print one line, whatever is in it."""
    click.echo(shown(line), err=err)


def put_lines(text: str, *, err: bool = False) -> None:
    """Print a text of our own making in its lines, such as a table, in which values have no line breaks any more."""
    for line in text.split("\n"):
        put(line, err=err)


def put_json(value: Any) -> None:
    """Print one JSON document; escapes of JSON's own lose nothing."""
    click.echo(escaped(json.dumps(value, ensure_ascii=False, default=str), r"\u{:04x}"))


def put_csv(columns: list[str], rows: Iterable[tuple[Any, ...]], *, is_raw: bool) -> None:
    """Print rows under their columns as `write_csv` has them."""
    write_csv(sys.stdout, chain([columns], rows), is_raw=is_raw)
