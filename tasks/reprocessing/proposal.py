"""What a reprocess proposes, beside the warehouse until it is taken over: rows as Parquet files, and what they would change.

One at a time, in HOME/reprocess. It is whole once its `proposal.json` is there, which is written last; a folder without it is what
a run has left that was killed.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from tasks.raw_store.staging import storage_failed
from tasks.staging.staged_batch import StagedBatch
from warehouse.durable import sync_folder
from warehouse.errors import QueryInvalid
from warehouse.reread import Files

NAME = "proposal.json"
AGAIN = "Propose anew: `broadsheet reprocess` with the options of the first time."


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which pages were read again, by what, and how that went."""

    run_id: str
    extractor: str
    started_at: str  # ISO 8601
    selection: Mapping[str, Any]
    seen: int = 0
    articles: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)  # pages by reason
    refused: tuple[str, ...] = ()  # batches that were not credible: their pages stay as they are
    changes: int = 0
    taken_over: tuple[str, ...] = ()  # reprocesses of the warehouse that it was compared with
    files: Mapping[str, int] = field(default_factory=dict)  # names and bytes: one that is gone would take rows with it


def folder_of(home: Path) -> Path:
    """Where proposals lie, there or not."""
    return home / "reprocess"


def staging_of(home: Path) -> Path:
    """Where workers stage: what one has written that was given up never comes into a proposal."""
    return folder_of(home) / "staging"


def take_in(home: Path, staged: StagedBatch) -> None:
    """The tables of a batch become the proposal's. Raises StorageFailed."""
    for path in staged.tables.values():
        try:
            path.replace(folder_of(home) / path.name)
        except OSError as error:
            raise storage_failed(path, error) from error


def changes_file(home: Path) -> Path:
    """Rows of ops.changes."""
    return folder_of(home) / "changes.parquet"


def differing_file(home: Path) -> Path:
    """Which pages have other rows in which table."""
    return folder_of(home) / "differing.parquet"


def prepared_files(home: Path) -> list[Path]:
    """What is prepared of articles that differ."""
    return sorted(folder_of(home).glob("*.prepared.parquet"))


def begin(home: Path) -> None:
    """Make room for a new proposal: an older one that nobody has taken over is gone. Raises StorageFailed."""
    discard(home)
    try:
        folder_of(home).mkdir(parents=True)
    except OSError as error:
        raise storage_failed(folder_of(home), error) from error


def discard(home: Path) -> None:
    """Remove the proposal, first what makes it whole. Raises StorageFailed."""
    folder = folder_of(home)
    try:
        (folder / NAME).unlink(missing_ok=True)
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise storage_failed(folder, error) from error


def leave_out(staged: StagedBatch) -> None:
    """Remove the tables of a refused batch. Raises StorageFailed."""
    for path in staged.tables.values():
        try:
            path.unlink()
        except OSError as error:
            raise storage_failed(path, error) from error


def files_of(home: Path) -> Files:
    """The files of the proposal by table: BATCH.SCHEMA.TABLE.parquet."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder_of(home).glob("*.*.*.parquet")):
        found.setdefault(".".join(path.name.split(".")[1:3]), []).append(path)
    return found


def complete(home: Path, proposal: Proposal) -> None:
    """Write what makes it whole, behind all that it names: not even a power cut leaves half of one. Raises StorageFailed."""
    folder = folder_of(home)
    target = folder / NAME
    part = target.with_suffix(".part")
    try:
        for path in sorted(folder.glob("*.parquet")):
            _sync(path)
        with part.open("w", encoding="utf-8") as file:
            json.dump(asdict(proposal) | {"files": _sizes(home)}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)
        part.replace(target)
        sync_folder(folder)
        sync_folder(home)
    except OSError as error:
        raise storage_failed(target, error) from error


def pending(home: Path) -> Proposal | None:
    """The proposal that waits to be taken over; None where there is none, or half of one.

    Raises QueryInvalid where its files are not those that it was made of, or another version has made it.
    """
    path = folder_of(home) / NAME
    if not path.exists():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    if said.keys() != {each.name for each in fields(Proposal)}:
        raise QueryInvalid(f"expected a proposal of this version at {path}, came one of another. {AGAIN}")
    if odd := dict(said["files"]).items() ^ _sizes(home).items():
        raise QueryInvalid(
            f"expected the files that the proposal was made of, differing are {', '.join(sorted({n for n, _ in odd}))}. {AGAIN}"
        )
    return Proposal(**said | {name: tuple(said[name]) for name in ("refused", "taken_over")})


def _sizes(home: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in sorted(folder_of(home).glob("*.parquet"))}


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
