"""broadsheet rejects: counts by reason, then the newest refusals."""

from pathlib import Path

from flows.place import place_of
from flows.terminal import put, put_json
from warehouse.queries import newest_rejects, rejects_by_reason


def run(home: Path, reason: str | None, limit: int, as_json: bool) -> int:
    """Print them. Raises WarehouseUnusable where there is no snapshot."""
    place = place_of(home)
    counts, newest = rejects_by_reason(place, reason or ""), newest_rejects(place, reason or "", limit)
    if as_json:
        put_json({"by_reason": counts, "rejects": newest})
        return 0
    if not counts:
        put("Nothing was rejected." if not reason else f"Nothing was rejected for a reason that begins with {reason!r}.")
        return 0
    for row in counts:
        put(f"{row['reject_count']:>8}  {row['reason']:<32} {row['table_name']}")
    put("")
    for row in newest:
        put(f"{row['reject_id']}  {row['reason']}  {row['source_uri']}" + (f" @{row['source_offset']}" if row["source_offset"] else ""))
        for label in ("url", "page_id", "expectation", "detail"):
            if row[label]:
                put(f"    {label:<12}{row[label]}")
    return 0
