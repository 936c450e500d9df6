"""The commands that move what one machine has into a lake, and back, and that give a slice of it as a file."""

from pathlib import Path
from typing import Any

import click

from flows.cli_lake import lake
from flows.command_line import AS_JSON, AS_OF, LocalPath, run_command

GIVEN_HOME = click.argument("home", type=LocalPath(file_okay=False, path_type=Path))


@lake.command("import", short_help="Move what a home holds into the lake.")
@click.argument("home", type=LocalPath(exists=True, file_okay=False, path_type=Path))
@AS_JSON
def import_home(**options: Any) -> None:
    """Take the rows and the bytes of HOME, which one machine has loaded, into the lake that the variables name. HOME stays as it is.
    What the lake has already is passed over, so the command may be killed and run again, and moves what came since where it is run later.

    \b
    Example
      broadsheet lake import broadsheet-data

    \b
    Exit codes
      0 all of it is there    2 wrong variables    13 a run loads into HOME    14 of another version
      16 the store cannot be written    21 PostgreSQL does not answer
    """
    run_command("lake_move", is_import=True, **options)


@lake.command("export", short_help="Take what the lake holds into a home.")
@GIVEN_HOME
@AS_JSON
def export_home(**options: Any) -> None:
    """Take the rows and the bytes of the lake into HOME, for one machine to go on with, and publish them there. What HOME has already is
    passed over.

    \b
    Example
      broadsheet lake export broadsheet-data

    \b
    Exit codes
      0 all of it is there    2 wrong variables    13 a run loads into HOME    14 of another version
      16 HOME cannot be written    21 PostgreSQL does not answer
    """
    run_command("lake_move", is_import=False, **options)


@click.command(short_help="A slice of the lake as a DuckDB file, to be searched and given away.")
@click.argument("file", type=LocalPath(dir_okay=False, path_type=Path))
@click.option("--from-lake", "is_from_lake", is_flag=True, required=True, help="Of the lake that BROADSHEET_WAREHOUSE names.")
@click.option("--since", metavar="TIME", help="Pages that were captured on this day or at this moment (UTC), or later.")
@click.option("--until", metavar="TIME", help="Pages that were captured before this day or moment (UTC).")
@click.option("--host", metavar="NAME", help="Pages of this host, or of one under it.")
@click.option("--replace", "is_replaced", is_flag=True, help="Take the place of an earlier slice of that name.")
@AS_OF
@AS_JSON
def publish(**options: Any) -> None:
    """Write FILE, a DuckDB file as `broadsheet ingest` publishes on one machine: the chosen pages with all that hangs on them, the ledger
    of their runs, the marts, the macros, the dictionary and the search index. Any DuckDB opens it; it is there when all of it is.

    \b
    Examples
      broadsheet publish --from-lake news.duckdb
      broadsheet publish --from-lake --since 2026-11-01 --host post.example november.duckdb

    \b
    Exit codes
      0 written    2 wrong options or variables, or FILE is there    14 no lake, or of another version
      16 cannot write    21 PostgreSQL does not answer    130 stopped: nothing is left
    """
    options.pop("is_from_lake")
    run_command("publish", **options)
