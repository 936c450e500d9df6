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
    """Make the lake: its tables in PostgreSQL, its mark in the store. Where it is there, look whether it is sound and bring it up to this
    version. The database must exist, and be nobody else's: `createdb broadsheet`.

    \b
    Example
      BROADSHEET_WAREHOUSE=postgres://lake@head/broadsheet BROADSHEET_STORE=/shared/lake broadsheet lake init

    \b
    Exit codes
      0 there is a lake    2 wrong variables, no extension, or another lake's store    14 of another version
      16 the store cannot be written    21 PostgreSQL does not answer
    """
    run_command("lake_init", **options)
