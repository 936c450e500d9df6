"""broadsheet snapshots: the published states that are kept; of a lake the newest."""

from pathlib import Path

from flows.place import place_of
from flows.terminal import put, put_json
from warehouse.queries import published_states


def run(home: Path, as_json: bool) -> int:
    """Print them, newest first. Raises WarehouseUnusable for one that cannot be read."""
    states = published_states(place_of(home))
    if as_json:
        put_json(states)
        return 0
    if not states:
        put("Nothing is published yet: `broadsheet ingest PATH` does it.")
        return 0
    for state in states:
        counts = f"{state['page_count']:>10,} pages {state['article_count']:>10,} articles {state['listing_item_count']:>12,} listing items"
        mark = "current" if state["is_current"] else ""
        size = f"{state['byte_count'] / 2**20:>9.1f} MiB" if "byte_count" in state else ""
        put(f"{state['snapshot_id']}  {state['published_at']:%Y-%m-%d %H:%M} UTC {counts} {size}  {mark}".rstrip())
    return 0
