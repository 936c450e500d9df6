"""An input folder is walked once in a run, and what the ledger knows to its end is not opened: told by what really happens."""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.flows.bad_inputs import article
from tests.sources.archives import members, numbered
from tests.sources.reading import written

PAGES = ("01/a.html", "01/b.html", "02/deep/c.html", "d.html")
NO_PAGES = ("01/photo.png", "notes.md")
FOLDERS = (".", "01", "02", "02/deep")


@dataclass
class Reads:
    """How often a process listed a folder and opened a file, by name below the input folder."""

    listed: Counter[str]
    opened: Counter[str]


class Reading:
    """Runs the command with a hook in every process that writes down what is opened and listed below the input folder."""

    def __init__(self, broadsheet: Run, folder: Path, log: Path) -> None:
        self._run, self.folder, self._log = broadsheet, folder, log

    def ingest(self, home: Path, *more: object) -> tuple[Reads, Reads, str]:
        """What the command's own process read, what its workers read together, and what it printed."""
        self._log.unlink(missing_ok=True)
        hook = Path(__file__).parent / "audited"
        environment = {"PYTHONPATH": str(hook), "AUDIT_LOG": str(self._log), "AUDIT_UNDER": str(self.folder)}
        done = self._run("ingest", self.folder, "--home", home, *more, env=environment)
        assert done.returncode == 0, done.stderr
        lines = [line.split("\t") for line in self._log.read_text().splitlines()]
        own = next(pid for kind, pid, what in lines if kind == "start" and "broadsheet ingest" in what)
        return self._reads(lines, lambda pid: pid == own), self._reads(lines, lambda pid: pid != own), done.stdout

    @staticmethod
    def _reads(lines, is_wanted) -> Reads:
        counted = {wanted: Counter(what for kind, pid, what in lines if kind == wanted and is_wanted(pid)) for wanted in ("list", "open")}
        return Reads(counted["list"], counted["open"])


@pytest.fixture
def reading(broadsheet: Run, tmp_path: Path) -> Reading:
    for name in PAGES:
        written(tmp_path / "in" / name, article(f"Story {name} of the day").encode())
    for name in NO_PAGES:
        written(tmp_path / "in" / name, b"\x89PNG no page")
    return Reading(broadsheet, tmp_path / "in", tmp_path / "reads.log")


def test_a_first_run_walks_once_and_reads_the_beginning_of_a_file_once(reading: Reading, home: Path):
    own, workers, _ = reading.ingest(home)
    assert own.listed == Counter(FOLDERS)
    assert own.opened == Counter((*PAGES, *NO_PAGES))
    assert (workers.listed, workers.opened) == (Counter(), Counter(PAGES))


def test_what_is_known_to_its_end_is_not_opened_again(reading: Reading, home: Path):
    written(reading.folder / "crawl.warc.gz", members(numbered(3)))
    reading.ingest(home)
    own, workers, said = reading.ingest(home)
    assert "Nothing new" in said
    assert (own.listed, own.opened) == (Counter(FOLDERS), Counter(NO_PAGES))
    assert (workers.listed, workers.opened) == (Counter(), Counter())


def test_of_many_known_files_only_the_new_and_the_changed_one_are_opened(reading: Reading, home: Path):
    reading.ingest(home)
    written(reading.folder / "02" / "new.html", article("A story that came today").encode())
    os.utime(reading.folder / "d.html", ns=(1, 1))
    own, workers, _ = reading.ingest(home)
    assert own.listed == Counter(FOLDERS)
    assert own.opened == Counter(("02/new.html", "d.html", *NO_PAGES))
    assert workers.opened == Counter(("02/new.html", "d.html"))
