"""The index of Data Docs under home/data_docs: the pages that workers have written, by run, newest first.

It needs no library of judging: the flow's process keeps it.
"""

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from expectations.docs_page import index_page
from warehouse.errors import StorageFailed

FOLDER = "data_docs"
PAGES_PER_EXPECTATION = 3  # enough to see whether a failure is one batch's or everyone's
RUNS_KEPT = 30


@dataclass(frozen=True, slots=True)
class DocsPage:
    """A page of one table of one batch."""

    title: str
    href: str  # relative to the folder
    table: str
    unmet: tuple[str, ...]  # expectations


class DocsIndex:
    """The Data Docs of one run, as they grow."""

    def __init__(self, home: Path, run_id: str) -> None:
        self._folder = home / FOLDER
        self._run_id = run_id
        self._started_at = datetime.now(UTC)
        self._pages: list[DocsPage] = []

    @property
    def documented(self) -> frozenset[str]:
        """Expectations that have pages enough: of these workers write no more."""
        counts = Counter(label for page in self._pages for label in page.unmet)
        return frozenset(label for label, pages in counts.items() if pages >= PAGES_PER_EXPECTATION)

    def add(self, pages: Sequence[DocsPage]) -> None:
        """Enter what a worker has written of a batch. Raises StorageFailed where the disk refuses."""
        self._pages.extend(pages)
        if pages:
            self._write()

    def finish(self) -> Path:
        """The index, also of a run that judged nothing. Raises StorageFailed."""
        self._write()
        return self._folder / "index.html"

    def _write(self) -> None:
        try:
            (self._folder / self._run_id).mkdir(parents=True, exist_ok=True)
            pages = [asdict(page) for page in self._pages]
            told = {"run_id": self._run_id, "started_at": self._started_at.isoformat(timespec="seconds"), "pages": pages}
            (self._folder / self._run_id / "run.json").write_text(json.dumps(told), "utf-8")
            for folder in self._folder.iterdir():
                if folder.is_dir() and not (folder / "run.json").exists():  # a run that was killed before its first page was entered
                    shutil.rmtree(folder)
            _write_index(self._folder)
        except OSError as error:
            raise docs_failed(self._folder, error) from error


def outdated_docs(home: Path, before: datetime) -> list[Path]:
    """Folders of runs that began before then."""
    told = ((path, json.loads(path.read_text("utf-8"))) for path in sorted((home / FOLDER).glob("*/run.json")))
    return [path.parent for path, run in told if datetime.fromisoformat(run["started_at"]) < before]


def remove_docs(home: Path, folders: Sequence[Path]) -> None:
    """Remove the pages of these runs, and what the index says of them. Raises StorageFailed."""
    try:
        for folder in folders:
            shutil.rmtree(folder)
        _write_index(home / FOLDER)
    except OSError as error:
        raise docs_failed(home / FOLDER, error) from error


def _write_index(folder: Path) -> None:
    """The newest runs, with a link to each; the pages of older ones are removed."""
    runs = [json.loads(path.read_text("utf-8")) for path in folder.glob("*/run.json")]
    runs.sort(key=lambda run: str(run["started_at"]), reverse=True)
    for outdated in runs[RUNS_KEPT:]:
        shutil.rmtree(folder / outdated["run_id"])
    (folder / "index.html").write_text(index_page(runs[:RUNS_KEPT]), "utf-8")


def docs_failed(folder: Path, error: OSError) -> StorageFailed:
    """The error for Data Docs that cannot be written, with what to do about it."""
    return StorageFailed(
        f"Expected to write Data Docs under {folder}, came: {error}. Free space or make the folder writable, then run again."
    )
