"""Records in = loaded + known + rejected + passed over, by reason; and a run over hostile input ends as any other does."""

from collections import Counter
from pathlib import Path
from typing import Any

from tests.bench.chaos.command import Command, Ended
from tests.bench.chaos.equality import dangling, rows_of
from tests.bench.chaos.resuming import ill_ended
from warehouse.ask import ask
from warehouse.errors import BroadsheetError

NOTHING_LOADED = 15
RETRIES = 5  # runs until what is tried again has had its chances
MET = """
SELECT DISTINCT source_uri, source_offset FROM raw.pages UNION
SELECT DISTINCT source_uri, source_offset FROM ops.rejects ORDER BY ALL
"""
WORTH_A_REPORT = """
SELECT source_uri, source_offset, reason, detail FROM ops.rejects
WHERE reason IN ('dissection_failed', 'shaping_failed', 'worker_died', 'deadline') ORDER BY ALL
"""


def unbalanced(summary: dict[str, Any], records: int | None = None) -> list[str]:
    """What is wrong with the counts of a run; `records`: how many were in its input, where that is known."""
    missing = [name for name in ("seen", "loaded", "known", "rejected", "passed_over") if name not in summary]
    problems = [f"expected {', '.join(missing)} in the summary, came {', '.join(summary) or 'no summary'}"] if missing else []
    seen, passed = summary.get("seen", 0), sum(summary.get("passed_over", {}).values())
    fates = {"loaded": summary.get("loaded", 0), "known": summary.get("known", 0), "rejected": sum(summary.get("rejected", {}).values())}
    if seen != sum(fates.values()):
        problems.append(f"expected seen = loaded + known + rejected, came {seen} and {fates}")
    if records is not None and records != seen + passed:
        problems.append(f"expected {records} records to be seen or passed over, came {seen} + {passed}: {records - seen - passed} vanished")
    return problems


def met(home: Path) -> dict[str, list[int]]:
    """source_uri -> offsets in it that have a capture or a reject, in their order."""
    places: dict[str, list[int]] = {}
    for uri, offset in ask(home, MET).rows:
        places.setdefault(uri, []).append(offset)
    return places


def judge_hostile(command: Command, seconds: float, records: int | None, documented: set[int]) -> tuple[Ended, list[str]]:
    """Run over hostile input, then again: how the first run ended, and what is wrong."""
    ended = command.run(seconds)
    problems = ill_ended(ended)
    if ended.code not in documented - {2, 10, 13, 14, 16, 130}:
        problems.append(f"expected an exit code that blames the input alone, came {ended.code}: {ended.last_words}")
    problems += unbalanced(ended.summary, records)
    try:
        before = rows_of(command.home)
        problems += dangling(command.home)
    except BroadsheetError as error:
        return ended, [*problems, f"the snapshot cannot be read: {error}"[:240]]
    return ended, problems + _changed_again(command, seconds, before)


def reported(home: Path) -> list[dict[str, Any]]:
    """Rejects that tell of a defect of ours rather than of the page."""
    try:
        return ask(home, WORTH_A_REPORT).records()
    except BroadsheetError:  # no snapshot: told already
        return []


def _changed_again(command: Command, seconds: float, before: dict[str, Counter[str]]) -> list[str]:
    """A second run changes nothing; what is tried again, a bounded number of times, may only add rows."""
    last: dict[str, Any] = {}
    for retries in range(RETRIES):
        again = command.run(seconds)
        problems = ill_ended(again) + unbalanced(again.summary)
        if again.code not in (0, NOTHING_LOADED):
            problems.append(f"expected exit 0, came {again.code}: {again.last_words}")
        if problems:
            return [f"run {retries + 2}: {problem}" for problem in problems]
        counts = {name: again.summary.get(name) for name in ("loaded", "known", "rejected", "passed_over")}
        if not again.summary.get("batches") or counts == last:  # what cannot be opened is looked at by every run
            return _moved(command.home, before, is_retried=retries > 0)
        last = counts
    return [f"there is something new still after {RETRIES} more runs"]


def _moved(home: Path, before: dict[str, Counter[str]], *, is_retried: bool) -> list[str]:
    """Tables whose rows are others than before; where pages were tried again, only losses count, and rejects may be settled."""
    moved = []
    for table, rows in rows_of(home).items():
        lost, gained = (before[table] - rows).total(), (rows - before[table]).total()
        if is_retried:
            lost, gained = (0 if table in ("ops.rejects", "ops.inputs") else lost), 0
        if lost or gained:
            moved.append(f"a run over known input took {lost} rows from {table} and added {gained}")
    return moved
