"""broadsheet sql: one read-only query on the snapshot."""

import csv
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from warehouse.ask import ask, show


def run(query: str, home: Path, as_json: bool, as_csv: bool) -> int:
    """Print the answer. Raises QueryInvalid or WarehouseUnusable."""
    if as_json:
        click.echo(json.dumps(ask(home, query).records(), ensure_ascii=False, default=str))
    elif as_csv:
        answer = ask(home, query)
        writer = csv.writer(sys.stdout)
        writer.writerow(answer.columns)
        writer.writerows([_cell(value) for value in row] for row in answer.rows)
    else:
        show(home, query, shutil.get_terminal_size((120, 40)).columns)
    return 0


def _cell(value: Any) -> Any:
    """Lists and structs as JSON: CSV has no type for them."""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value
