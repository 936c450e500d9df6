"""Which appends the warehouse has not committed yet: raw/uncommitted.json, file -> where the append began."""

import json
import os
from pathlib import Path
from typing import Final

from warehouse.durable import sync_folder

NAME: Final = "uncommitted.json"


def read(raw: Path) -> dict[str, int]:
    """File, relative to the home folder -> size before the first append that is not committed."""
    try:
        return {str(uri): int(start) for uri, start in json.loads((raw / NAME).read_bytes()).items()}
    except FileNotFoundError:
        return {}


def note(raw: Path, uri: str, start: int) -> None:
    """Remember that an append to `uri` begins at `start`; an earlier note about the file stands."""
    notes = {uri: start, **read(raw)}
    fresh = raw / f"{NAME}.new"
    with fresh.open("w", encoding="ascii") as file:
        json.dump(notes, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(raw / NAME)
    sync_folder(raw)


def clear(raw: Path) -> None:
    """Nothing is open: the warehouse has committed, or the appends are cut off."""
    (raw / NAME).unlink(missing_ok=True)
