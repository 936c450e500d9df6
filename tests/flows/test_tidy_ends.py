"""What is left to do when a run has ended: nothing of it stays behind, and nothing makes a failure of what went well."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, Run
from tests.flows.bad_inputs import article

LAST_WORD = """
import os, signal
class Last:
    def __del__(self, kill=os.kill, pid=os.getpid(), number=signal.SIGTERM):
        kill(pid, number)
last = Last()
"""


def test_a_signal_while_python_is_taken_down_does_not_make_a_failure_of_what_went_well():
    guarded = f"from flows import stop\n{LAST_WORD}\nwith stop.on_signals(to_the_end=True): pass"
    codes = [subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode for code in (LAST_WORD, guarded)]
    assert codes == [-signal.SIGTERM, 0]


def test_a_run_with_nothing_to_do_removes_what_another_has_left_staged(broadsheet: Run, tmp_path: Path, home: Path):
    (tmp_path / "one.html").write_text(article("The only story of the day"))
    assert broadsheet("ingest", tmp_path / "one.html", "--home", home).returncode == 0
    left = home / "raw" / "staging" / f"{'a' * 16}.core.articles.parquet"
    left.write_bytes(b"what the disk refused to remove")
    assert broadsheet("ingest", tmp_path / "one.html", "--home", home).returncode == 0
    assert not left.exists()
