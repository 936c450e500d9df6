"""The command that parts much input."""

from pathlib import Path
from typing import Any

import click

from flows.command_line import AS_JSON, HOME, LocalPath, run_command


@click.command(short_help="What is new, in parts that are runs of their own.")
@click.argument("paths", nargs=-1, required=True, type=LocalPath(path_type=Path))
@HOME
@click.option("--source", help="Read every path as this kind, as of ingest.")
@click.option("--pages", type=click.IntRange(1), default=20_000, show_default=True, help="Pages of a shard at most, but for a larger file.")
@AS_JSON
def shard(**options: Any) -> None:
    """Plan shards of what is new under PATHS: files and folders that lie together, each an ordinary ingest. Nothing is loaded. A file is
    never cut. Pages are counted in the first files of a kind, and estimated by size in the others.

    The deployment `shard` of `broadsheet serve` plans the same and has a run for each: docs/scale.md.

    \b
    Examples
      broadsheet shard /shared/crawl --home /shared/news
      broadsheet shard /shared/crawl --pages 50000 --json

    \b
    Exit codes
      0 planned    2 wrong options    10 nothing can be read    13 a load runs    14 warehouse unusable
    """
    run_command("shard", **options)
