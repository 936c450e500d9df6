"""One run, one signal to one of its processes at one moment, and what came of it."""

import os
import random
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.chaos.command import Ended, Running
from tests.bench.chaos.procfs import by_role, children, is_copier
from tests.bench.chaos.resuming import finish, ill_ended
from tests.bench.chaos.undisturbed import Bench
from warehouse.ask import ask
from warehouse.errors import BroadsheetError

VICTIMS = ("group", "flow", "worker", "server", "copier")
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Kill:
    """What is to happen: `after` seconds `victim` gets `number`."""

    number: signal.Signals
    victim: str
    after: float


@dataclass(slots=True)
class Outcome:
    """What happened: in two words, and every promise that was broken."""

    kill: Kill
    what: str = ""
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0


def plan_kills(number: signal.Signals, count: int, seed: int, seconds: float, victims: tuple[str, ...]) -> list[Kill]:
    """`count` kills at moments that are uniform over an undisturbed run of `seconds`, every victim as often."""
    dice = random.Random(seed)
    return [Kill(number, victims[turn % len(victims)], dice.uniform(0, seconds)) for turn in range(count)]


def disturb(bench: Bench, name: str, kill: Kill) -> Outcome:
    """Run, kill, wait, resume, compare."""
    began, command, outcome = time.monotonic(), bench.command(name), Outcome(kill)
    running = command.start()
    is_hit = strike(running, kill)
    said_before = bool(running.stderr)
    ended = running.end(bench.end_seconds)
    outcome.what = _in_two_words(ended, is_hit)
    outcome.problems = ill_ended(ended) + _wrong_end(bench, kill, ended, is_hit, said_before) + _unreadable(command.home, ended)
    outcome.problems += finish(command, bench.wanted)
    outcome.seconds = time.monotonic() - began
    if not outcome.problems:
        shutil.rmtree(command.home.parent)
    return outcome


def strike(running: Running, kill: Kill) -> bool:
    """Wait for the moment, then for the victim to be there; False where the run ended before."""
    with suppress(subprocess.TimeoutExpired):  # it runs, as it should
        running.process.wait(kill.after)
    while running.process.poll() is None:
        try:
            if kill.victim == "group":
                os.killpg(running.pid, kill.number)
                return True
            if victims := _alive(running, kill.victim):
                os.kill(random.Random(kill.after).choice(victims), kill.number)
                return True
        except ProcessLookupError:  # it ended between two looks
            continue
        time.sleep(0.001 if kill.victim == "copier" else 0.02)
    return False


def _alive(running: Running, victim: str) -> list[int]:
    if victim == "flow":
        return [running.pid]
    if victim == "copier":
        return [pid for pid in children(running.pid) if is_copier(pid)]
    return by_role(running.mark, running.pid).get(victim, [])


def _in_two_words(ended: Ended, is_hit: bool) -> str:
    if ended.code is None:
        return "hung"
    return f"exit {ended.code}" if is_hit else f"ended before, exit {ended.code}"


def _wrong_end(bench: Bench, kill: Kill, ended: Ended, is_hit: bool, said_before: bool) -> list[str]:
    """An exit code that is not the promised one."""
    allowed = {0} if not is_hit else bench.documented
    if is_hit and kill.victim in ("flow", "group"):
        clean = {INTERRUPTED, 0} if said_before else {INTERRUPTED, 0, -signal.SIGTERM}  # Python itself was still starting
        allowed = clean if kill.number == signal.SIGTERM else {-signal.SIGKILL, 0}
    elif is_hit and kill.victim == "worker":
        allowed = {0}  # its batch is tried again
    if ended.code is None or ended.code in allowed:
        return []
    return [f"expected exit {' or '.join(map(str, sorted(allowed)))}, came {ended.code}: {ended.last_words}"]


def _unreadable(home: Path, ended: Ended) -> list[str]:
    """A snapshot that is there can be read; after a clean stop with pages loaded there is one."""
    snapshot = home / "warehouse.duckdb"
    if not snapshot.exists():
        is_missed = ended.code in (INTERRUPTED, 0) and any((home / "raw").glob("broadsheet-*.warc.gz"))
        return [f"exit {ended.code}, pages are in the raw store, and no snapshot was published"] if is_missed else []
    try:
        ask(home, "SELECT count(*) FROM raw.pages")
    except BroadsheetError as error:
        return [f"the snapshot cannot be read: {error}"[:240]]
    return []
