"""Folders that lie among the pages of a user and hold none: hidden ones, installed software, and what Broadsheet keeps itself."""

import os
from typing import Final

# ruff: noqa: PTH118 - as in discovery.py

_ENVIRONMENT: Final = "pyvenv.cfg"  # PEP 405: every virtual environment has one
_PACKAGES: Final = frozenset(("node_modules", "site-packages", "__pycache__"))
_WAREHOUSE: Final = "warehouse.duckdb"
_LOADER: Final = os.path.join("loader", _WAREHOUSE)
_DOCS: Final = "data_docs"


def foreign(folder: str) -> str | None:
    """Why a folder below the one given is not walked, by the names in reasons.PASSED_OVER; None where it is."""
    above, name = os.path.split(folder)
    if name.startswith("."):
        return "hidden_folder"
    if name in _PACKAGES or os.path.lexists(os.path.join(folder, _ENVIRONMENT)):
        return "software"
    if _is_home(folder) or (name == _DOCS and _is_home(above)):
        return "broadsheet_home"
    return None


def _is_home(folder: str) -> bool:
    """Whether `broadsheet ingest --home` has written here, be it that the first run is still under way."""
    loader, warehouse, raw = (os.path.join(folder, name) for name in (_LOADER, _WAREHOUSE, "raw"))
    return os.path.lexists(loader) or (os.path.lexists(warehouse) and os.path.lexists(raw))
