"""broadsheet shard: what is new, in parts that are runs of their own."""

from dataclasses import asdict
from pathlib import Path

from flows import stop
from flows.settings import read_settings
from flows.sharding import shards_of
from flows.terminal import put, put_json
from tasks.sources.printable import printable


def run(paths: tuple[Path, ...], home: Path, source: str | None, pages: int, as_json: bool) -> int:
    """Print the shards. Raises what the error tree says."""
    with stop.on_signals():
        shards = shards_of(read_settings(home=home), paths, source, pages, stop.say)
    if as_json:
        put_json({"shards": [asdict(shard) | {"paths": list(map(printable, shard.paths))} for shard in shards]})
        return 0
    for shard in shards:
        more = f" and {len(shard.paths) - 1} more" if len(shard.paths) > 1 else ""
        about = "~" if shard.is_estimated else ""
        put(f"{shard.number:>6}  {about + str(shard.pages):>9} pages  {shard.byte_count / 1e6:>9.1f} MB  {printable(shard.paths[0])}{more}")
    put(f"{len(shards)} shards, {sum(shard.pages for shard in shards)} pages" if shards else "Nothing new: no shard is needed.")
    return 0
