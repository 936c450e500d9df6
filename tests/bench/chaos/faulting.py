"""One run on a disk that fails, and what came of it and of the runs after it."""

import errno
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.chaos.command import Command, Ended
from tests.bench.chaos.resuming import finish, ill_ended
from tests.bench.chaos.undisturbed import Bench
from tests.faults.failing_disk import FailingDisk

CANNOT_WRITE = 16
FOREVER = 0  # FAULT_TIMES: as on a disk that stays full
AGAIN_AMONG = 40  # the first run after a fault meets another one among its first calls


@dataclass(frozen=True, slots=True)
class Fault:
    """The `at`-th call under the home fails, `times` times from there on; `room` instead: a disk of so many bytes."""

    error: int
    at: int = 0
    times: int = 1
    again_at: int = 0  # the same in the run that follows; 0: it runs on a sound disk
    room: int = 0

    def __str__(self) -> str:
        if self.room:
            return f"disk of {self.room >> 10} KiB"
        how = "for good" if self.times == FOREVER else "once"
        return f"{errno.errorcode[self.error]} {how} at call {self.at}" + (f", then {self.again_at}" if self.again_at else "")


@dataclass(slots=True)
class Outcome:
    """What happened, and every promise that was broken."""

    fault: Fault
    what: str = ""
    hit: str = ""  # the calls that failed
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0


def plan_faults(count: int, seed: int, calls: int, size: int, with_disks: bool) -> list[Fault]:
    """`count` faults over the `calls` of an undisturbed run whose home is `size` bytes; with_disks: every sixth is a small disk."""
    dice = random.Random(seed)
    faults = []
    for turn in range(count):
        error = (errno.ENOSPC, errno.EIO)[turn % 2]
        if with_disks and turn % 6 == 5:
            faults.append(Fault(errno.ENOSPC, room=dice.randint(64 << 10, size)))
            continue
        again = dice.randint(1, AGAIN_AMONG) if turn % 4 == 3 else 0
        faults.append(Fault(error, dice.randint(1, calls), FOREVER if turn % 3 == 2 else 1, again))
    return faults


def suffer(bench: Bench, name: str, fault: Fault) -> Outcome:
    """Run on the failing disk, then on a sound one until nothing is new, and compare."""
    began, command, outcome = time.monotonic(), bench.command(name), Outcome(fault)
    with _disk(command.home, fault):
        ended = command.run(bench.end_seconds, **_shim(command, fault, fault.at))
        outcome.hit = _hit(command)
        outcome.what = "hung" if ended.code is None else f"exit {ended.code}"
        outcome.problems += ill_ended(ended) + _wrong_end(ended, is_hit=bool(outcome.hit or fault.room))
        if fault.room:
            _remount(command.home, bench_size(bench) * 8)
        if fault.again_at:
            ended = command.run(bench.end_seconds, **_shim(command, fault, fault.again_at))
            outcome.hit += f"; then {_hit(command)}"
            outcome.problems += [f"second run: {p}" for p in ill_ended(ended) + _wrong_end(ended, is_hit=bool(_hit(command)))]
        outcome.problems += finish(command, bench.wanted)
    outcome.seconds = time.monotonic() - began
    if not outcome.problems:
        shutil.rmtree(command.home.parent)
    return outcome


def count_calls(bench: Bench) -> int:
    """How many calls of an undisturbed run can fail."""
    command = bench.command("counted")
    environment = _shim(command, Fault(errno.ENOSPC), 0)
    ended = command.run(bench.end_seconds, **environment)
    if ended.code != 0:
        raise SystemExit(f"expected a run in which calls are only counted to end well, came {ended.code}: {ended.stderr[-1000:]}")
    return FailingDisk(Path(), command.home.parent / "calls.count", Path()).count()


def bench_size(bench: Bench) -> int:
    """Bytes of an undisturbed home."""
    return sum(path.stat().st_size for path in (bench.folder / "first" / "home").rglob("*") if path.is_file())


def can_mount(folder: Path) -> bool:
    """Whether this user may mount a small disk."""
    place = folder / "probe"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], check=False, capture_output=True)
    if mounted.returncode == 0:
        subprocess.run(["umount", str(place)], check=True)
    return mounted.returncode == 0


def _shim(command: Command, fault: Fault, at: int) -> dict[str, str]:
    """The environment of a run whose `at`-th call fails."""
    if fault.room:
        return {}
    folder = command.home.parent
    disk = FailingDisk(folder.parent / "enospc.so", folder / "calls.count", folder / "calls.failed")
    return disk.failing_at(at, command.home, times=fault.times, error=fault.error)


def _hit(command: Command) -> str:
    log = command.home.parent / "calls.failed"
    lines = log.read_text().splitlines() if log.exists() else []
    shown = [" ".join(line.split()[1:3]) + " " + line.split(f"{command.home}", 1)[-1] for line in lines]
    return ", ".join(shown[:2]) + (f" and {len(shown) - 2} more" if len(shown) > 2 else "")


def _wrong_end(ended: Ended, *, is_hit: bool) -> list[str]:
    allowed = {CANNOT_WRITE, 0} if is_hit else {0}  # 0: what failed was harmless, as the rows must show
    if ended.code is None or ended.code in allowed:
        return []
    return [f"expected exit {' or '.join(map(str, sorted(allowed)))}, came {ended.code}: {ended.last_words}"]


@contextmanager
def _disk(home: Path, fault: Fault) -> Iterator[None]:
    """While inside, `home` is a small disk, where the fault is one."""
    if not fault.room:
        yield
        return
    home.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={fault.room}", "tmpfs", str(home)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(home)], check=True)


def _remount(home: Path, size: int) -> None:
    """Free space, as an operator would after exit 16."""
    subprocess.run(["mount", "-o", f"remount,size={size}", str(home)], check=True)
