"""broadsheet publish: a slice of a lake as a DuckDB file."""

import signal
from pathlib import Path

from flows.selection import moment_of
from flows.settings import lake_address
from flows.stop import EXIT_CODE, say
from flows.terminal import put, put_json
from warehouse.lake.slicing import Slice, publish_slice


def run(file: Path, since: str | None, until: str | None, host: str | None, is_replaced: bool, as_of: str | None, as_json: bool) -> int:
    """Write it, and say what it holds. Raises SettingsInvalid and what publish_slice raises."""
    address, target = lake_address(), file.expanduser()
    chosen = Slice(moment_of(since) if since else None, moment_of(until) if until else None, host)
    for number in (signal.SIGTERM, signal.SIGHUP):  # as Ctrl-C does: what is half written is removed
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    try:
        told = publish_slice(address, chosen, target, as_of=as_of, is_replaced=is_replaced)
    except KeyboardInterrupt:
        say(f"stopped; nothing was written to {target}.")
        return EXIT_CODE
    if as_json:
        put_json(told | {"file": str(target.absolute()), "byte_count": target.stat().st_size})
    else:
        counts = f"{told['page_count']:,} pages, {told['article_count']:,} articles, {told['listing_item_count']:,} listing items"
        put(f"{target}: {counts}, {target.stat().st_size / 2**20:.1f} MiB; snapshot {told['snapshot_id']}")
    return 0
