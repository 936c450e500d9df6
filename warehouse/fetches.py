"""What is known of URLs that were asked for: their last rows of ops.fetches, and nothing else, so that no second truth exists."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from warehouse.connection import Connection
from warehouse.sql_text import texts


class KnownFetch(NamedTuple):
    """What the last row of a URL says: each row carries on what holds of the payload that the URL has."""

    url: str
    kind: str
    outcome: str
    reason: str | None
    http_status: int | None
    digest: str | None
    etag: str | None
    last_modified: str | None
    location: str | None
    warc_uri: str | None
    warc_offset: int | None
    interval_seconds: int | None
    due_at: datetime | None
    requested_at: datetime
    lastmod_at: datetime | None


def known_fetches(con: Connection, hosts: Iterable[str]) -> dict[str, KnownFetch]:
    """url -> its last row, for URLs on these hosts: about 1 kB of memory each."""
    told = ", ".join(f"'{name}': {name}" for name in KnownFetch._fields)
    rows = con.execute(
        f"SELECT unnest(arg_max({{{told}}}, (requested_at, attempt))) FROM ops.fetches "
        f"WHERE host IN (SELECT unnest({texts(hosts)})) GROUP BY url"
    ).fetchall()
    return {row[0]: KnownFetch(*row) for row in rows}
