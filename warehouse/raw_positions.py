"""Where the bytes of captures lie: what the raw store asks the warehouse."""

from collections.abc import Collection
from typing import NamedTuple

from warehouse.connection import Connection
from warehouse.sql_text import texts

IN_RAW_STORE = "warc_uri LIKE 'raw/broadsheet-%'"  # the raw store's own files; those of the user have other names or lie elsewhere


class StoredCapture(NamedTuple):
    """Where the bytes of a page lie, and what they are."""

    warc_uri: str
    warc_offset: int
    digest: str
    page_id: str


def is_own(warc_uri: str) -> bool:
    """Whether it names a file of the raw store: IN_RAW_STORE."""
    return warc_uri.startswith("raw/broadsheet-")


def positions_of(con: Connection, digests: Collection[str]) -> dict[str, tuple[str, int]]:
    """Those of these payloads that the raw store has: digest -> (warc_uri, warc_offset)."""
    rows = con.execute(
        "SELECT digest, min_by(warc_uri, (warc_uri, warc_offset)), min_by(warc_offset, (warc_uri, warc_offset)) "
        f"FROM raw.pages WHERE {IN_RAW_STORE} AND digest IN (SELECT unnest({texts(digests)})) GROUP BY digest"
    )
    return {digest: (uri, offset) for digest, uri, offset in rows.fetchall()}


def pointers_of(con: Connection, page_ids: Collection[str]) -> dict[str, tuple[str, int]]:
    """Where the bytes of these pages lie: page_id -> (warc_uri, warc_offset)."""
    rows = con.execute(f"SELECT page_id, warc_uri, warc_offset FROM raw.pages WHERE page_id IN (SELECT unnest({texts(page_ids)}))")
    return {page_id: (uri, offset) for page_id, uri, offset in rows.fetchall()}


def last_positions(con: Connection) -> list[tuple[str, int]]:
    """The last record that the warehouse knows in each file of the raw store: (warc_uri, warc_offset)."""
    return con.execute(f"SELECT warc_uri, max(warc_offset) FROM raw.pages WHERE {IN_RAW_STORE} GROUP BY ALL").fetchall()


def files_in_use(con: Connection) -> set[str]:
    """Every file that a page points into, those of the user too: warc_uri."""
    return {uri for (uri,) in con.execute("SELECT DISTINCT warc_uri FROM raw.pages").fetchall()}


def capture_bytes(con: Connection) -> int:
    """Payload of all captures, unpacked."""
    return int(con.execute("SELECT coalesce(sum(byte_count), 0) FROM raw.pages").fetchall()[0][0])


def all_captures(con: Connection) -> list[StoredCapture]:
    """Every record that a page points to, in the order of files and offsets."""
    return _captures(con, "")


def last_captures(con: Connection) -> list[StoredCapture]:
    """The last record that the warehouse knows in each file."""
    return _captures(con, "QUALIFY row_number() OVER (PARTITION BY warc_uri ORDER BY warc_offset DESC) = 1")


def _captures(con: Connection, which: str) -> list[StoredCapture]:
    rows = con.execute(
        "SELECT warc_uri, warc_offset, min(digest), min(page_id) FROM raw.pages "
        f"GROUP BY warc_uri, warc_offset {which} ORDER BY warc_uri, warc_offset"
    )
    return [StoredCapture(*row) for row in rows.fetchall()]
