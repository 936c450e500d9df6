"""The bytes of captures: every file that raw.pages points into."""

from collections.abc import Iterator
from pathlib import Path

from flows.doctor.result import Result
from tasks.raw_store.checking import StoreCheck, check_captures
from warehouse.connection import Connection
from warehouse.raw_positions import all_captures, capture_bytes, is_own, last_captures

READ_ALL_UP_TO = 256 * 2**20  # bytes of payload: some seconds
NAMED = 5  # files in one line
BRING_BACK = "bring these files back from a backup"
# What tasks/loading does with a known page whose file is gone.
OR_INGEST = "or run `broadsheet ingest` on the place where the same pages are now: known pages are pointed at it"


def look_at_raw_store(con: Connection, home: Path, deep: bool) -> Iterator[Result]:
    """Read every capture where that takes seconds or `deep` asks for it, else the last one of each file."""
    is_all = deep or capture_bytes(con) <= READ_ALL_UP_TO
    checked = check_captures(home, all_captures(con) if is_all else last_captures(con))
    own = StoreCheck({uri: file for uri, file in checked.files.items() if is_own(uri)})
    given = StoreCheck({uri: file for uri, file in checked.files.items() if not is_own(uri)})
    yield _result("raw store", own, is_all)
    if given.files:
        yield _result("your WARCs", given, is_all)


def _result(what: str, store: StoreCheck, is_all: bool) -> Result:
    gone, damaged = store.gone(), store.damaged()
    if gone or damaged:
        found = [f"missing: {_listed(gone)}"] if gone else []
        found += [f"damaged: {_listed([f'{uri}: {damage}' for uri, damage in damaged.items()])}"] if damaged else []
        todo = [BRING_BACK, OR_INGEST, *(["after moving damaged ones away"] if damaged else [])]
        return Result(what, f"{len(store.files)} file(s), {'; '.join(found)}", ", ".join(todo))
    how = f"whole: {store.read_count()} captures read" if is_all else "the last capture of each read; --deep reads all"
    return Result(what, f"{len(store.files)} file(s), {how}")


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
