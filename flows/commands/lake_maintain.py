"""broadsheet lake maintain: small files merged, old states and unnamed files gone."""

from dataclasses import asdict

from flows import stop
from flows.settings import lake_address, read_settings
from flows.terminal import put, put_json
from tasks.loading.lake_upkeep import maintain


def run(days: int, as_json: bool) -> int:
    """Raises WarehouseBusy where loaders do not end in time, and what open_lake does."""
    address, seconds = lake_address(), read_settings().lock_wait_seconds
    with stop.on_signals():
        done = maintain(address, days, seconds, stop.waiting(address, seconds))
    if as_json:
        put_json(asdict(done))
    else:
        put(f"{done.expired} states expired that were older than {days} days, {done.merged} files merged")
        gone = done.removed + done.orphans + len(done.left)
        put(f"{gone} files removed that nothing names any more, {len(done.left)} of them raw or staged")
    return 0
