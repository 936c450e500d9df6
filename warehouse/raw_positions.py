"""Where the bytes of captures lie: what the raw store asks the warehouse."""

from collections.abc import Collection

from warehouse.connection import Connection

IN_RAW_STORE = "warc_uri LIKE 'raw/%'"  # relative: the raw store's own files; the user's WARCs are absolute


def positions_of(con: Connection, digests: Collection[str]) -> dict[str, tuple[str, int]]:
    """Those of these payloads that the raw store has: digest -> (warc_uri, warc_offset)."""
    rows = con.execute(
        "SELECT digest, min_by(warc_uri, (warc_uri, warc_offset)), min_by(warc_offset, (warc_uri, warc_offset)) "
        f"FROM raw.pages WHERE {IN_RAW_STORE} AND digest IN (SELECT unnest($digests::VARCHAR[])) GROUP BY digest",
        {"digests": list(digests)},
    )
    return {digest: (uri, offset) for digest, uri, offset in rows.fetchall()}


def last_positions(con: Connection) -> list[tuple[str, int]]:
    """The last record that the warehouse knows in each file of the raw store: (warc_uri, warc_offset)."""
    return con.execute(f"SELECT warc_uri, max(warc_offset) FROM raw.pages WHERE {IN_RAW_STORE} GROUP BY ALL").fetchall()
