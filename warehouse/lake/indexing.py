"""The search index of a lake brought up to its newest state, in a file of its own that goes when it is done."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse.lake.address import LakeAddress
from warehouse.lake.kept_index import index_anew
from warehouse.lake.session import dress, failures
from warehouse.lake.slicing import attach_state, config_in
from warehouse.loader_file import SETTLED
from warehouse.transaction import storage_failures


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is kept now."""

    version: int  # the snapshot that it is of
    article_count: int
    new_count: int  # of these, articles that the index before did not have
    file_count: int


def index_lake(address: LakeAddress) -> Indexed:
    """Index what came since the index that is kept, and keep that; about 1 ms of CPU an article, and room in TMPDIR for the whole index.
    Disturbs nobody: who reads meanwhile reads the one before. Two at once do the same work twice, and the last one counts.

    Raises StorageFailed, and what open_lake raises.
    """
    with failures(address), storage_failures(), TemporaryDirectory(prefix="broadsheet-index-") as name:
        folder = Path(name)
        with duckdb.connect(str(folder / "made.duckdb"), config=config_in(folder)) as con:
            con.execute(SETTLED)
            state = attach_state(con, address, None)
            dress(con, state)
            kept, count = index_anew(con, address, state.version)
    return Indexed(kept.version, kept.article_count, count, len(kept.files))
