"""What is new under some paths, as shards: planned alike for the command, which shows them, and for the flow, which has them run."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from flows import stop
from flows.looking import look, look_at_lake
from flows.settings import Settings
from tasks.planning.shards import PageCounts, Shard, plan_shards
from tasks.sources.catalogue import plan
from tasks.sources.page import InputFile, PageRef, Tally

PAGES = 20_000  # of a shard: a run takes some 20 s to begin, and 20,000 pages a core 10 minutes


def shards_of(settings: Settings, paths: Sequence[Path], source: str | None, pages: int, tell: Callable[[str], None]) -> list[Shard]:
    """What a run over `paths` would read, in parts. Raises SourceUnreadable, WarehouseBusy."""
    home, seconds = settings.absolute_home, settings.lock_wait_seconds
    if settings.lake is None:
        todo = look(home, paths, source, seconds, stop.waiting(home, seconds, tell))
    else:
        todo = look_at_lake(settings.lake, paths, source)
    roots = [os.path.abspath(path) for path in paths]  # noqa: PTH100 - as discovery does: links are not followed
    return list(plan_shards(todo.pending, roots, pages, PageCounts(_count)))


def _count(file: InputFile) -> int:
    return sum(isinstance(piece, PageRef) for piece in plan(file, 0, Tally()))
