"""broadsheet sql: one read-only query on the snapshot, or on a lake."""

import shutil
from pathlib import Path

from flows.place import place_of
from flows.terminal import put_csv, put_json, put_lines
from warehouse.ask import ask, drawn


def run(query: str, home: Path, as_json: bool, as_csv: bool, is_raw: bool, as_of: str | None) -> int:
    """Print the answer. Raises QueryInvalid, SnapshotUnknown or WarehouseUnusable."""
    place = place_of(home)
    if as_json:
        put_json(ask(place, query, as_of=as_of).records())
    elif as_csv:
        answer = ask(place, query, as_of=as_of)
        put_csv(answer.columns, answer.rows, is_raw=is_raw)
    else:
        put_lines(drawn(place, query, shutil.get_terminal_size((120, 40)).columns, as_of=as_of))
    return 0
