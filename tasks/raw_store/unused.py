"""Files of the raw store that nothing points into. There should be none: what a crash leaves behind is cut off by the next run.

There are some where a warehouse was lost and an older one restored, and then they are the only copy of what they hold.
"""

import time
from collections.abc import Collection
from pathlib import Path

from tasks.raw_store import journal, pointers

DAY = 86400


def unused_files(home: Path, in_use: Collection[str], days: float) -> list[Path]:
    """Those that `in_use` does not name, that were last written before so many days, and that the loader will not append to.

    To be asked by who holds the loader's lock: `in_use` is all that the loader's file and the snapshot point into.
    """
    raw = home / "raw"
    newest = max(pointers.numbers(raw), default=0)
    kept = {*in_use, *journal.read(raw)}
    before = time.time() - days * DAY
    return [
        path
        for number in sorted(pointers.numbers(raw))
        for path in [raw / f"broadsheet-{number:06d}.warc.gz"]
        if number != newest and f"raw/{path.name}" not in kept and path.is_file() and path.stat().st_mtime < before
    ]
