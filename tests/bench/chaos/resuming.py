"""A run that was disturbed is started again until nothing is new; then its warehouse must be that of an undisturbed one."""

from collections import Counter
from pathlib import Path

from tests.bench.chaos.command import Command, Ended
from tests.bench.chaos.equality import dangling, differences, left_behind
from warehouse.errors import BroadsheetError

MOST_RESUMES = 6  # what a worker died of is tried again a bounded number of times
RESUME_SECONDS = 180.0


def finish(command: Command, wanted: dict[str, Counter[str]]) -> list[str]:
    """Run the same command until it finds nothing new; what is wrong with that, and with what it left."""
    problems: list[str] = []
    for number in range(1, MOST_RESUMES + 1):
        ended = command.run(RESUME_SECONDS)
        problems += [f"resume {number}: {problem}" for problem in ill_ended(ended)]
        if ended.code != 0:
            return [*problems, f"resume {number}: expected exit 0, came {ended.code}: {ended.last_words}"]
        if not ended.summary.get("batches"):
            return problems + judged(command.home, wanted)
    return [*problems, f"expected nothing new after {MOST_RESUMES} resumes, there still was"]


def judged(home: Path, wanted: dict[str, Counter[str]]) -> list[str]:
    """What keeps a finished home from being what an undisturbed run leaves."""
    try:
        return differences(home, wanted) + dangling(home) + left_behind(home)
    except BroadsheetError as error:
        return [f"the snapshot cannot be read: {error}"[:240]]


def ill_ended(ended: Ended) -> list[str]:
    """What no run may do, whatever befalls it: hang, show a traceback, leave processes."""
    problems = [f"hung for {ended.seconds:.0f} s, its processes:\n{ended.waiting}"] if ended.code is None else []
    problems += [f"{sign} at {ended.broke_at}: {ended.last_words}" for sign in ended.traces]
    return problems + [f"a process outlived it: {command}" for command in ended.left]
