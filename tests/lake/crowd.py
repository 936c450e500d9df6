"""Several committers over the same batches, killed at random, and readers that look meanwhile whether all they see fits together."""

import random
import subprocess
import sys
import time
from dataclasses import dataclass, field

from tests.conftest import ROOT
from tests.lake.committer import EVIDENCE, OWN, SHARED
from warehouse.connection import Connection
from warehouse.errors import CatalogUnreachable
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake

# One question, so one state: a page twice, a row without its page, a page without its batch, a stretch without its batch.
INCONSISTENT = f"""
SELECT (SELECT count(*) - count(DISTINCT page_id) FROM raw.pages) AS double_pages,
       (SELECT count(*) - count(DISTINCT reject_id) FROM history.rejects) AS double_rejects,
       (SELECT count(*) FROM core.evidence) - {EVIDENCE} * (SELECT count(*) FROM raw.pages) AS surplus_evidence,
       (SELECT count(*) FROM core.articles ANTI JOIN raw.pages USING (page_id)) AS orphans,
       (SELECT count(*) FROM raw.pages ANTI JOIN ops.batches USING (run_id)) AS without_batch,
       (SELECT count(*) FROM ops.inputs ANTI JOIN ops.batches USING (batch_id)) AS without_ledger,
       (SELECT sum(loaded_count) FROM ops.batches) - (SELECT count(*) FROM raw.pages) AS miscounted
"""


@dataclass
class Crowd:
    """Committers at work."""

    lake: LakeAddress
    batches: int
    flags: tuple[str, ...] = ()
    acknowledged: set[int] = field(default_factory=set)
    kills: int = 0
    checks: int = 0
    wrong: list[tuple[object, ...]] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)  # exit codes of those that were not killed

    def __post_init__(self) -> None:
        self._running: list[subprocess.Popen[str]] = []

    def start(self, committers: int) -> None:
        """Have them all ready before the first one begins."""
        fresh = [self._spawn() for _ in range(committers)]
        for process in fresh:
            assert process.stdout is not None and process.stdin is not None
            if process.stdout.readline().strip() == "ready":
                process.stdin.write("\n")
                process.stdin.flush()
            self._running.append(process)

    def kill_one(self, wait_seconds: float) -> None:
        """After a moment end one of those that run as a kill does, and have another take its place."""
        time.sleep(random.uniform(0, wait_seconds))
        for process in [each for each in self._running if each.poll() is None][:1]:
            self._running.remove(process)
            process.kill()
            self._hear(process)
            self.kills += 1
            self.start(1)

    def look(self) -> None:
        """One reader, with a connection of its own."""
        try:
            with open_lake(self.lake, read_only=True) as con:
                self._check(con)
        except CatalogUnreachable:  # stopped by the test
            return

    def join(self) -> None:
        """Until all have committed what there is; whoever gave up is followed by another."""
        while self._running:
            process = self._running.pop(0)
            self._hear(process)
            self.ended.append(process.returncode)
            if process.returncode:
                self.start(1)

    def _check(self, con: Connection) -> None:
        self.checks += 1
        came = con.execute(INCONSISTENT).fetchall()[0]
        if any(came):
            self.wrong.append(came)

    def _hear(self, process: "subprocess.Popen[str]") -> None:
        said, _ = process.communicate()
        self.acknowledged |= {int(line) for line in said.split() if line.isdigit()}

    def _spawn(self) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.lake.committer", self.lake.catalog, self.lake.store, str(self.batches), *self.flags]
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def lost_and_double(lake: LakeAddress, batches: int) -> dict[str, int]:
    """What there is against what there should be, at the end."""
    expected = batches * OWN + SHARED
    with open_lake(lake, read_only=True) as con:
        pages, distinct, evidence = con.execute(
            "SELECT count(*), count(DISTINCT page_id), (SELECT count(*) FROM core.evidence) FROM raw.pages"
        ).fetchall()[0]
        (inputs,) = con.execute("SELECT count(*) FROM ops.inputs").fetchall()[0]
    return {
        "double": pages - distinct, "lost": expected - distinct, "evidence": evidence - EVIDENCE * expected,
        "ledger": batches - inputs,
    }  # fmt: skip
