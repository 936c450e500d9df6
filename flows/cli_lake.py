"""Commands around a warehouse that many machines write."""

from typing import Any

import click

from flows.command_line import AS_JSON, run_command


@click.group(short_help="A warehouse in PostgreSQL and a shared store, which many machines write at once.")
def lake() -> None:
    """A lake is a warehouse for many machines: DuckLake with its catalog in PostgreSQL, rows as Parquet and bytes as WARC files in a store.
    Where these two variables are set, the lake takes the place of the file in --home:

    \b
      BROADSHEET_WAREHOUSE=postgres://lake@head/broadsheet
      BROADSHEET_STORE=/shared/lake            or s3://bucket/lake, with the keys in AWS_*

    Needs the extra lake: `pip install 'broadsheet[lake]'`. docs/lake.md has the whole way.
    """


@lake.command(short_help="Make the lake that the variables name, or find it sound.")
@AS_JSON
def init(**options: Any) -> None:
    """Make the lake: its tables in PostgreSQL, its mark in the store. Where it is there, look whether it is sound
    and of this version. The database must exist, and be nobody else's: `createdb broadsheet`.

    \b
    Example
      BROADSHEET_WAREHOUSE=postgres://lake@head/broadsheet BROADSHEET_STORE=/shared/lake broadsheet lake init

    \b
    Exit codes
      0 there is a lake    2 wrong variables, no extension, or another lake's store    14 a lake of another version
      16 the store cannot be written    21 PostgreSQL does not answer
    """
    run_command("lake_init", **options)


@lake.command(short_help="How the lake stands: pages, files, states, runs.")
@AS_JSON
def status(**options: Any) -> None:
    """How many pages, files and states the lake has, which runs are under way, and which were killed. Disturbs nobody.

    \b
    Examples
      broadsheet lake status
      broadsheet lake status --json

    \b
    Exit codes
      0 told    2 wrong variables, no extension, or another lake's store    14 no lake, or one of another version
      21 PostgreSQL does not answer
    """
    run_command("lake_status", **options)


@lake.command(short_help="Merge small files, expire old states, remove files that nothing names.")
@click.option("--days", type=click.IntRange(1), default=7, show_default=True, help="States older than this can no longer be asked.")
@AS_JSON
def maintain(**options: Any) -> None:
    """Keep the lake small and quick: states older than --days expire, small files are merged into larger ones, and files that nothing names
    are removed once they are a day old. It waits for loaders under way, for BROADSHEET_LOCK_WAIT_SECONDS, and those that come wait for it;
    readers are not disturbed, unless they read on for a day. Once a day is enough.

    \b
    Examples
      broadsheet lake maintain
      broadsheet lake maintain --days 30

    \b
    Exit codes
      0 done    2 wrong variables, no extension, or another lake's store    13 a loader did not end in time
      14 no lake, or one of another version    21 PostgreSQL does not answer
    """
    run_command("lake_maintain", **options)


@lake.command(short_help="Make a lake of an older version one of this version.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only tell what would be done.")
@AS_JSON
def migrate(**options: Any) -> None:
    """Add the tables and columns that this version has and the lake lacks, in one commit; what an older state did not have is empty there.
    It waits for loaders under way, and those that come wait for it. A version that makes rows anew wants an export and an import, and says
    so before anything is done. Afterwards loaders of the older version are refused: update all machines first.

    \b
    Examples
      broadsheet lake migrate --dry-run
      broadsheet lake migrate

    \b
    Exit codes
      0 it is of this version    2 wrong variables, no extension, or another lake's store    13 a loader did not end in time
      14 no lake, a newer one, or one that must be exported and imported    21 PostgreSQL does not answer
    """
    run_command("lake_migrate", **options)


@lake.command(short_help="Keep the search index of the lake up to date.")
@AS_JSON
def index(**options: Any) -> None:
    """Index the articles that came since the last time, and keep the index in the store: about a millisecond of CPU an article. Whoever
    searches indexes what came after it for himself, up to 20,000 articles, so once a day is enough. It disturbs neither loaders nor
    readers, and may be stopped at any time: then the index before counts.

    \b
    Example
      broadsheet lake index

    \b
    Exit codes
      0 kept    2 wrong variables, no extension, or another lake's store    14 no lake, or one of another version
      16 the store or TMPDIR cannot be written    21 PostgreSQL does not answer
    """
    run_command("lake_index", **options)
