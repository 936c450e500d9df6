"""In which unit a column counts: its name says it, as the head of the data dictionary explains."""

UNITS = {
    "_at": "moment, UTC",
    "_on": "day, UTC",
    "_share": "share, 0..1",
    "_bytes": "bytes",
    "_seconds": "seconds",
    "_ms": "milliseconds",
    "_days": "days",
    "_count": "count",
}
_OF_BYTES = {"byte_count", "warc_offset"}


def unit_of(column: str, sql_type: str) -> str | None:
    """The unit of a column's values; None where it has none, as texts and keys have none."""
    if column in _OF_BYTES:
        return "bytes"
    if sql_type in ("VARCHAR", "BOOLEAN") or sql_type.endswith("]"):
        return None
    return next((unit for suffix, unit in UNITS.items() if column.endswith(suffix)), None)
