"""What a column is counted or written in: its name and its type say so, as docs/architecture.md promises of names."""

# The first that fits: an ending of the name, or the whole of it.
BY_NAME = {
    "char_count": "characters",
    "byte_count": "bytes",
    "_bytes": "bytes",
    "day_count": "days",
    "_days": "days",
    "seconds": "seconds",
    "per_hour": "per hour",
    "per_second": "per second",
    "_share": "0..1",
    "confidence": "0..1",
    "_count": "count",
    "attempt": "count",
    "attempts": "count",
    "dictionary_size": "count",
    "position": "place, 1-based",
    "rank": "place, 1-based",
    "turn": "place, 1-based",
    "paragraph": "place, 1-based",
    "number": "place, 1-based",
    "offsets": "characters",
    "restored_start": "characters",
    "restored_end": "characters",
    "warc_offset": "bytes",
    "source_offset": "bytes or rows",
    "_id": "key",
    "_key": "key",
    "story": "key",
    "digest": "key",
    "fingerprint": "key",
    "definitions": "key",
    "url": "URL",
    "found_on": "URL",
    "location": "URL",
    "zone": "IANA name or offset",
    "lang": "ISO 639",
    "language": "BCP 47",
    "country": "ISO 3166-1",
    "script": "ISO 15924",
    "http_status": "HTTP status",
}
BY_TYPE = {"TIMESTAMPTZ": "moment, UTC", "TIMESTAMP WITH TIME ZONE": "moment, UTC", "DATE": "day", "BOOLEAN": "true or false"}
EXAMPLES = {
    "characters": "2417",
    "bytes": "48211",
    "days": "2",
    "seconds": "3.5",
    "per hour": "14.5",
    "per second": "7.1",
    "0..1": "0.25",
    "count": "12",
    "place, 1-based": "3",
    "bytes or rows": "48211",
    "key": "641437ac66540bf8",
    "URL": "https://www.post.example/2026/ferry",
    "IANA name or offset": "+13:00",
    "HTTP status": "200",
    "moment, UTC": "2026-04-15 21:20:00+00",
    "day": "2026-04-15",
    "true or false": "true",
}


def unit_of(name: str, type_: str) -> str | None:
    """The unit of a column called `name` of a DuckDB type; None of plain text."""
    if type_ in BY_TYPE:
        return BY_TYPE[type_]
    if name in ("start_offset", "end_offset"):
        return "characters" if type_ == "INTEGER" else "bytes or rows"  # in a text, or in a file
    return next((unit for ending, unit in BY_NAME.items() if name.endswith(ending)), None)


def example_of(unit: str | None) -> str | None:
    """A value in this unit; None where the unit does not tell one."""
    return EXAMPLES.get(unit or "")
