"""The commands that write what is published in open formats, and list it."""

from pathlib import Path
from typing import Any

import click

from flows.command_line import AS_JSON, AS_OF, HOME, LocalPath, run_command

FORMATS = ("parquet", "csv", "jsonl")  # those of warehouse/export/order.py, which `--help` does not load
PARTS = ("day", "month", "year", "none")


@click.command(short_help="Tables, marts or a query as Parquet, CSV or JSONL, with a description.")
@click.argument("names", nargs=-1, metavar="[TABLE|SCHEMA]…")
@click.option("--sql", "query", metavar="QUERY", help="Write the answer of this query instead of tables.")
@click.option("--to", "target", required=True, type=LocalPath(path_type=Path), help="Folder to make.")
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True, help="How rows are written.")
@click.option("--parts", type=click.Choice(PARTS), default=PARTS[0], show_default=True, help="Of Parquet: one file for each, or one alone.")
@click.option("--gz", "is_packed", is_flag=True, help="CSV and JSONL packed with gzip.")
@click.option("--raw", "is_raw", is_flag=True, help="With CSV: texts exactly as they are, for programs.")
@click.option("--since", metavar="TIME", help="Rows of this day or moment (UTC) or later.")
@click.option("--until", metavar="TIME", help="Rows before this day or moment (UTC).")
@click.option("--host", metavar="NAME", help="Rows of this host, or of one under it.")
@click.option("--licence", metavar="TEXT", help="What the description says of rights: a name such as CC-BY-4.0, or a note.")
@click.option("--replace", "is_replaced", is_flag=True, help="Take the place of an earlier export in that folder.")
@HOME
@AS_OF
@AS_JSON
def export(**options: Any) -> None:
    """Write tables or views of the published snapshot, all of a schema, or the answer of a query, as files that any tool reads. A
    datapackage.json beside them tells columns, units, keys, counts, hashes and which state it was; see docs/export.md.

    Parquet is parted by the day (UTC) of published_at, observed_at or started_at, whichever a table has first; --since and --until
    ask for the same. A text in CSV that a spreadsheet would take for a formula gets an apostrophe, as with `broadsheet sql --csv`. The
    folder is there when all of it is.

    \b
    Examples
      broadsheet export core.articles core.credits --to articles
      broadsheet export core --to core-csv --format csv --gz --since 2025-03-01 --until 2025-04-01
      broadsheet export --sql "SELECT title, published_at FROM core.articles" --to titles --format jsonl

    \b
    Exit codes
      0 written    2 wrong options or query, or the folder is there    14 no snapshot, or a damaged one
      16 cannot write    17 a program has opened it for writing    130 stopped: nothing is left
    """
    if bool(options["names"]) == bool(options["query"]):
        raise click.UsageError("expected names of tables, such as core.articles, or --sql QUERY: one of the two.")
    if options["query"] and (options["since"] or options["until"] or options["host"]):
        raise click.UsageError("expected --since, --until and --host with tables: write them into the query, as its WHERE.")
    if options["is_packed"] and options["form"] == "parquet":
        raise click.UsageError("expected --gz with --format csv or jsonl: Parquet is packed as it is, with Zstandard.")
    if options["is_raw"] and options["form"] != "csv":
        raise click.UsageError("expected --raw with --format csv: the other formats are exact as they are.")
    run_command("export", **options)


@click.command(short_help="The published states that are kept, to be cited and asked.")
@HOME
@AS_JSON
def snapshots(**options: Any) -> None:
    """What has been published and is kept, newest first: id, moment, rows, size. warehouse.duckdb leads to the first.

    \b
    Examples
      broadsheet snapshots
      broadsheet sql "FROM ops.snapshot" --as-of 20261129T0800
    """
    run_command("snapshots", **options)
