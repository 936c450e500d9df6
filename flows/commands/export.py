"""broadsheet export: tables, marts or a query in open formats."""

import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from flows.place import place_of
from flows.progress import watcher
from flows.selection import moment_of
from flows.stop import EXIT_CODE, say
from flows.terminal import put, put_json
from warehouse.export.order import LICENCE, Exported, Order
from warehouse.export.run import export


def run(target: Path, home: Path, is_replaced: bool, as_json: bool, **options: Any) -> int:
    """Write, and print what was written. Raises SettingsInvalid, QueryInvalid, StorageFailed, and what open_state raises."""
    order = _order(**options)
    for number in (signal.SIGTERM, signal.SIGHUP):  # as Ctrl-C does: what is half written is removed
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    display = watcher()
    try:
        exported = export(place_of(home), order, target.expanduser(), is_replaced=is_replaced, saw=display.saw)
    except KeyboardInterrupt:
        say(f"stopped; nothing was written to {target}.")
        return EXIT_CODE
    finally:
        with suppress(KeyboardInterrupt):
            display.close()
    _show(exported, as_json)
    return 0


def _order(names: tuple[str, ...], form: str, since: str | None, until: str | None, licence: str | None, **more: Any) -> Order:
    moments = {name: moment_of(text) for name, text in (("since", since), ("until", until)) if text}
    return Order(names, format=form, licence=licence or LICENCE, **moments, **more)  # type: ignore[arg-type]


def _show(exported: Exported, as_json: bool) -> None:
    if as_json:
        written = [
            {
                "name": one.name,
                "row_count": one.row_count,
                "byte_count": one.byte_count,
                "file_count": len(one.parts),
                "parted_by": one.moment,
            }
            for one in exported.resources
        ]
        put_json({"folder": str(exported.folder), "snapshot_id": exported.snapshot_id, "resources": written})
        return
    for one in exported.resources:
        parted = f"in {len(one.parts)} files by {one.moment}" if one.moment else ""
        put(f"{one.name:<24} {one.row_count:>12,} rows {one.byte_count / 2**20:>10.1f} MiB  {parted}".rstrip())
    put(f"{exported.folder}/datapackage.json says what is what; snapshot {exported.snapshot_id}")
