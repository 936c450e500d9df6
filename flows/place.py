"""Where the warehouse is that a command reads: the lake that the variables name, else the home."""

from pathlib import Path

from flows import environment
from warehouse.errors import QueryInvalid
from warehouse.state import Place


def place_of(home: Path) -> Place:
    """Raises SettingsInvalid."""
    if not environment.is_set():
        return home
    from flows.settings import read_settings

    return read_settings().lake or home


def raw_folder(place: Place) -> Path:
    """The folder that pointers such as raw/broadsheet-….warc.gz are told from. Raises QueryInvalid where it is a bucket."""
    if isinstance(place, Path):
        return place
    if place.is_bucket:
        raise QueryInvalid(
            f"expected a store in a folder to read the bytes of a page from, got {place.store}: its bytes are read by runs only"
        )
    return Path(place.store)
