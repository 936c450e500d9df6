"""Folders that lie among the pages of a user and hold none: hidden ones, installed software, and what Broadsheet keeps itself."""

import os
from pathlib import Path
from typing import Final

_ENVIRONMENT: Final = "pyvenv.cfg"  # PEP 405: every virtual environment has one
_PACKAGES: Final = frozenset(("node_modules", "site-packages", "__pycache__"))
_LOADER: Final = Path("loader", "warehouse.duckdb")
_DOCS: Final = "data_docs"


def foreign(folder: Path) -> str | None:
    """Why a folder below the one given is not walked, by the names in reasons.SKIPPED; None where it is."""
    if folder.name.startswith("."):
        return "hidden_folder"
    if folder.name in _PACKAGES or os.path.lexists(folder / _ENVIRONMENT):
        return "software"
    if _is_home(folder) or (folder.name == _DOCS and _is_home(folder.parent)):
        return "broadsheet_home"
    return None


def _is_home(folder: Path) -> bool:
    """Whether `broadsheet ingest --home` has written here, be it that the first run is still under way."""
    return os.path.lexists(folder / _LOADER) or (os.path.lexists(folder / _LOADER.name) and os.path.lexists(folder / "raw"))
