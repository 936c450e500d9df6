"""broadsheet lake index: what search finds in a large lake, kept in its store."""

from dataclasses import asdict

from flows.settings import lake_address
from flows.terminal import put, put_json
from warehouse.lake.indexing import index_lake


def run(as_json: bool) -> int:
    """Raises StorageFailed, and what open_lake raises."""
    done = index_lake(lake_address())
    if as_json:
        put_json(asdict(done))
    else:
        put(f"{done.article_count:,} articles are indexed, {done.new_count:,} of them new")
        put(f"of state {done.version}, in {done.file_count} files of the store")
    return 0
