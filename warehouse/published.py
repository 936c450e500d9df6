"""The published states of a home: files of HOME/snapshots, and the link warehouse.duckdb that leads to the current one.

A link, since DuckDB keeps a file open under its name: who holds an older state and connects again by a name that a rename has given to
another file gets the older one for ever. Through a link he gets the new one.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import SnapshotUnknown
from warehouse.moments import iso_moment

LINK = "warehouse.duckdb"
FOLDER = "snapshots"
_SUFFIX = ".duckdb"
_MOMENT = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class Published:
    """One state. `snapshot_id` is the stem of its file."""

    path: Path
    snapshot_id: str
    published_at: datetime  # UTC


def new_name(moment: datetime, told: str) -> str:
    """snapshot_id of a state published now; `told` tells it from another of the same moment. In the order of time."""
    return f"{moment.astimezone(UTC):{_MOMENT}}-{told[:8]}"


def path_of(home: Path, snapshot_id: str) -> Path:
    """The file of a state."""
    return home / FOLDER / f"{snapshot_id}{_SUFFIX}"


def current(home: Path) -> Path | None:
    """The file that the link leads to; of a home from before there were links the file of that name. None where nothing is published."""
    link = home / LINK
    return link.resolve() if link.exists() else None


def states(home: Path) -> list[Published]:
    """All that may be opened, oldest first. A file behind the current one was copied by a run that was killed then: it is not published."""
    newest = current(home)
    found = [state for path in sorted((home / FOLDER).glob(f"*{_SUFFIX}")) if (state := _read(path)) is not None]
    return [state for state in found if newest is not None and state.path.name <= newest.name]


def state_as_of(home: Path, asked: str) -> Path:
    """The file of the state that `asked` names: by the beginning of its id, or as the newest at a moment in ISO 8601, in UTC where it
    says no zone. Raises SnapshotUnknown."""
    there = states(home)
    if named := [state for state in there if state.snapshot_id.startswith(asked)]:
        return named[-1].path
    moment = iso_moment(asked)
    if moment and (older := [state for state in there if state.published_at <= moment]):
        return older[-1].path
    listed = ", ".join(state.snapshot_id for state in there) or "none"
    raise SnapshotUnknown(
        f"Expected the id of a snapshot, or a moment such as 2026-11-29T08:00 behind that of one, got {asked!r}; there are: {listed}. "
        "`broadsheet snapshots` lists them; BROADSHEET_SNAPSHOTS_KEPT says how many are kept."
    )


def lead_to(home: Path, path: Path) -> None:
    """Have the link lead to `path`, in one step. Raises OSError."""
    for left in home.glob(f".{LINK}.*.link"):
        left.unlink(missing_ok=True)
    passing = home / f".{LINK}.{secrets.token_hex(4)}.link"
    passing.symlink_to(os.path.relpath(path, home))
    passing.replace(home / LINK)


def retire(home: Path, kept: int) -> list[Path]:
    """Remove all but the newest `kept` states, and what was copied but never published; the removed. Who has one open keeps reading it."""
    newest = current(home)
    stay = {state.path.name for state in states(home)[-kept:]} | ({newest.name} if newest else set())
    gone = [path for path in (home / FOLDER).glob(f"*{_SUFFIX}") if path.name not in stay]
    for path in gone:
        path.unlink(missing_ok=True)
    for log in (home / FOLDER).glob(f"*{_SUFFIX}.wal"):  # of someone who opened one for writing
        if log.name.removesuffix(".wal") not in stay:
            log.unlink(missing_ok=True)
    return gone


def _read(path: Path) -> Published | None:
    moment, _, told = path.stem.rpartition("-")
    try:
        return Published(path, path.stem, datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC)) if told else None
    except ValueError:
        return None  # a file of someone else
