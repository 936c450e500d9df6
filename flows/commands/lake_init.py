"""broadsheet lake init: a lake where there is none."""

from flows.settings import lake_address
from flows.terminal import put, put_json
from warehouse.lake.create import create_lake


def run(as_json: bool) -> int:
    """Make it, or find it sound. Raises what create_lake raises."""
    address = lake_address()
    lake_id = create_lake(address)
    if as_json:
        put_json({"lake_id": lake_id, "store": address.store})
    else:
        put(f"lake {lake_id} is at {address}")
        put("next  broadsheet ingest PATH, with the same two variables on every machine")
    return 0
