"""DuckDB's extensions for a lake, out of wheels: nothing is downloaded, and nothing is written into the user's home."""

from importlib.resources import files
from pathlib import Path

import duckdb

from warehouse.errors import SettingsInvalid

EXTENSIONS = ("postgres_scanner", "ducklake")
BUCKETS = "httpfs"


def load_extensions(con: duckdb.DuckDBPyConnection, *, with_buckets: bool) -> None:
    """Raises SettingsInvalid where they are not installed."""
    for name in (*EXTENSIONS, *([BUCKETS] if with_buckets else [])):
        con.load_extension(str(_in_wheel(name)))


def _in_wheel(name: str) -> Path:
    try:
        found = Path(str(files(f"duckdb_extension_{name}"))) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    except ModuleNotFoundError:
        found = None
    if found is None or not found.exists():
        raise SettingsInvalid(
            f"expected the package duckdb-extension-{name.replace('_', '-')} for DuckDB {duckdb.__version__}, which a warehouse in "
            "PostgreSQL needs; it is not installed. Install it: `pip install 'broadsheet[lake]'`, in a checkout `uv sync --extra lake`."
        )
    return found
