"""A store in a bucket: what DuckDB is told of it. Keys come from the variables that every S3 client knows; settings have none of them."""

import os
from urllib.parse import urlsplit

import duckdb

from warehouse.sql_text import literal


def tell_bucket(con: duckdb.DuckDBPyConnection) -> None:
    """The keys, region and endpoint of AWS_* as a secret of this connection."""
    given = {
        "KEY_ID": os.environ.get("AWS_ACCESS_KEY_ID"),
        "SECRET": os.environ.get("AWS_SECRET_ACCESS_KEY"),
        "SESSION_TOKEN": os.environ.get("AWS_SESSION_TOKEN"),
        "REGION": region(),
        **_endpoint(endpoint()),
    }
    told = ", ".join(f"{name} {literal(value)}" for name, value in given.items() if value is not None)
    con.execute(f"CREATE OR REPLACE SECRET store (TYPE s3, {told})")


def region() -> str:
    """Where the bucket is; servers that are not Amazon's want any."""
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"


def endpoint() -> str | None:
    """URL of a server that is not Amazon's."""
    return os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")


def _endpoint(url: str | None) -> dict[str, str | bool | None]:
    """Of a server that is not Amazon's: buckets are in its paths, not in its name."""
    if not url:
        return {}
    parts = urlsplit(url)
    return {"ENDPOINT": parts.netloc, "URL_STYLE": "path", "USE_SSL": parts.scheme == "https"}
