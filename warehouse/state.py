"""What readers read, wherever it is: a state that a home has published, or a snapshot of a lake."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from warehouse import published
from warehouse.connection import Connection, expect_snapshot, open_snapshot
from warehouse.lake.address import LakeAddress

Place = Path | LakeAddress  # a home, or a lake


class State(Protocol):
    """One that may be asked."""

    @property
    def snapshot_id(self) -> str: ...
    @property
    def published_at(self) -> object: ...


@contextmanager
def open_state(
    place: Place, *, as_of: str | None = None, workshop: Path | None = None, limits: Mapping[str, str] | None = None, asked: str = ""
) -> Iterator[Connection]:
    """The current state, or the one that `as_of` names, read-only. `asked`: what is going to be asked, as far as readers have written it:
    of a lake the search index is made for what searches. Raises what open_snapshot or open_lake_state raise."""
    if isinstance(place, LakeAddress):
        from warehouse.lake.session import open_lake_state  # of a file nobody loads it

        with open_lake_state(place, as_of=as_of, workshop=workshop, limits=limits, asked=asked) as con:
            yield con
    else:
        with open_snapshot(place, as_of=as_of, workshop=workshop, limits=limits) as con:
            yield con


def expect_state(place: Place, as_of: str | None = None) -> None:
    """Raises WarehouseUnusable where nothing is published, SnapshotUnknown where `as_of` names nothing, and for a lake what opening it
    does."""
    if isinstance(place, LakeAddress):
        with open_state(place, as_of=as_of):
            return
    expect_snapshot(place)
    if as_of is not None:
        published.state_as_of(place.absolute(), as_of)


def states(place: Place) -> Sequence[State]:
    """Those that may be asked, oldest first; of a lake the newest of them."""
    if isinstance(place, LakeAddress):
        from warehouse.lake.states import newest_states

        with open_state(place) as con:
            return newest_states(con)[::-1]
    return published.states(place)
