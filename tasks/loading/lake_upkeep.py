"""A lake kept small by who is alone at it: what SQL does, and the files that only their store can remove."""

from collections.abc import Callable

from tasks.staging.store_files import remove_for_good
from warehouse.lake.address import LakeAddress
from warehouse.lake.attach import open_lake
from warehouse.lake.presence import present
from warehouse.lake.upkeep import ORPHAN_DAYS, Upkeep, keep_up

DAYS = 7  # that a state can be asked, where nobody says otherwise


def maintain(
    address: LakeAddress, days: int, wait_seconds: float, on_wait: Callable[[str], None] = lambda _: None, orphan_days: int = ORPHAN_DAYS
) -> Upkeep:
    """Never under a loader: it waits for those that are there, and those that come wait for it. Raises WarehouseBusy after `wait_seconds`,
    and what open_lake does."""
    with present(address, None, wait_seconds, on_wait), open_lake(address, limits={}) as connection:
        done = keep_up(connection, address, days, orphan_days)
        for name in done.left:
            remove_for_good(name)
    return done
