"""broadsheet lake migrate: a lake of an older version as one of this version."""

from flows import stop
from flows.settings import lake_address, read_settings
from flows.terminal import put, put_json
from warehouse.lake.migrating import migrate_lake


def run(is_dry: bool, as_json: bool) -> int:
    """Raises WarehouseBusy where loaders do not end in time, WarehouseUnusable where rows are to be made anew, and what open_lake does."""
    address, seconds = lake_address(), read_settings().lock_wait_seconds
    with stop.on_signals():
        missing, statements = migrate_lake(address, seconds, stop.waiting(address, seconds), is_dry=is_dry)
    if as_json:
        put_json({"migrations": missing, "statements": statements, "is_done": not is_dry})
        return 0
    for statement in statements if is_dry else []:
        put(f"{statement};")
    if not missing:
        put("the lake is of this version")
    else:
        put(f"{', '.join(missing)} {'would be' if is_dry else 'were'} applied: {len(statements)} statements, in one commit")
    return 0
