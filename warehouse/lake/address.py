"""Where a lake is: a catalog in PostgreSQL, and a store, which is a folder that every machine sees under one path, or a bucket."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from warehouse.errors import SettingsInvalid

SCHEMES = ("postgres", "postgresql")
BUCKET = "s3://"
SESSION = "-c idle_in_transaction_session_timeout=0"  # a lock is held as long as its session lives: no server may end one for being idle


@dataclass(frozen=True, slots=True)
class LakeAddress:
    """A lake's catalog and store, as settings give them."""

    catalog: str  # postgres://user:password@host:port/database
    store: str  # an absolute folder, or s3://bucket/prefix; no slash at its end

    @classmethod
    def of(cls, catalog: str, store: str | None) -> "LakeAddress":
        """Raises SettingsInvalid for what cannot be one."""
        parts = urlsplit(catalog)
        if parts.scheme not in SCHEMES or not parts.path.strip("/"):
            raise SettingsInvalid(
                f"expected BROADSHEET_WAREHOUSE to be like postgres://lake@head/broadsheet, got {without_password(catalog)!r}."
            )
        if not store or not (store.startswith(BUCKET) or Path(store).expanduser().is_absolute()):
            raise SettingsInvalid(
                "expected BROADSHEET_STORE to be an absolute folder that every machine sees under this path, or s3://bucket/prefix, "
                f"got {store!r}: a warehouse in PostgreSQL keeps its rows and bytes there."
            )
        folder = store if store.startswith(BUCKET) else os.path.abspath(Path(store).expanduser())  # noqa: PTH100 - links stay as they are
        return cls(catalog, folder.rstrip("/"))

    @property
    def is_bucket(self) -> bool:
        return self.store.startswith(BUCKET)

    @property
    def tables(self) -> str:
        """Where Parquet files lie: tables/core/articles/NAME.parquet. DuckLake's DATA_PATH: it may remove what is its own there."""
        return f"{self.store}/tables"

    @property
    def raw(self) -> str:
        """Where WARC files lie; out of DuckLake's reach."""
        return f"{self.store}/raw"

    @property
    def staged(self) -> str:
        """Where tables lie that a loader reads once."""
        return f"{self.store}/staged"

    @property
    def search(self) -> str:
        """Where the search index is kept."""
        return f"{self.store}/search"

    @property
    def mark(self) -> str:
        """The file that says which lake's store this is."""
        return f"{self.store}/lake.json"

    @property
    def session(self) -> str:
        """The catalog's URL with what a session of ours is told."""
        parts = urlsplit(self.catalog)
        given = dict(parse_qsl(parts.query))
        given["options"] = f"{given.get('options', '')} {SESSION}".strip()
        given.setdefault("application_name", "broadsheet")
        given.setdefault("connect_timeout", "10")
        return urlunsplit(parts._replace(scheme="postgresql", query=urlencode(given, quote_via=quote)))

    def __str__(self) -> str:
        return f"{without_password(self.catalog)} with {self.store}"


def without_password(text: str) -> str:
    """`text` with the passwords of its addresses left out."""
    return re.sub(r"(?<=://)([^:/@\s]*):[^@\s]*@", r"\1@", re.sub(r"password=[^&\s]+", "password=…", text))
