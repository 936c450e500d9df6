"""The command line. Everything heavy is imported by the command that needs it, so that --help answers at once."""

from pathlib import Path
from typing import Any

import click

from flows.cli_again import rejects, relate, reprocess
from flows.cli_cluster import cluster
from flows.cli_export import export, snapshots
from flows.cli_harvest import harvest
from flows.cli_lake import lake
from flows.cli_lake_moving import publish
from flows.cli_restore import restore
from flows.cli_search import search
from flows.cli_serve import explore, serve
from flows.cli_serve_sql import serve_sql
from flows.cli_shard import shard
from flows.command_line import AS_JSON, AS_OF, HOME, LocalPath, print_version, run_command

KINDS = ("html_folder", "warc", "text_extract", "page_table")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=print_version,
    help="Show the version, and a hash of the code that decides, and exit.",
)  # fmt: skip
def main() -> None:
    """Turns crawled news pages into a DuckDB warehouse that an analyst can trust.

    \b
    broadsheet ingest samples                  load pages: folders, WARCs, text, tables
    broadsheet harvest sources.toml            ask outlets on the web for what is new, and load it
    broadsheet sql "FROM core.articles"        ask the warehouse
    broadsheet search "網絡攻擊"               articles about something, in any script
    broadsheet explain https://news.example/1  why each value is what it is
    broadsheet explore                         look at the warehouse in a browser
    broadsheet restore damaged.html            damaged or disguised text as it was
    broadsheet export core.articles --to out   tables as Parquet, CSV or JSONL, described
    broadsheet snapshots                       the published states that are kept
    broadsheet rejects                         what was refused, and why
    broadsheet reprocess --outdated            what today's extractor would say otherwise
    broadsheet relate                          which articles are copies, and whose they are
    broadsheet serve --drop samples            Prefect with its UI, schedules and a worker
    broadsheet serve-sql                       the snapshot for readers on other machines
    broadsheet lake init                       a warehouse in PostgreSQL and a store, for many machines
    broadsheet publish --from-lake out.duckdb  a slice of it as a file, with its search
    broadsheet shard crawl --pages 20000       what is new, in parts that are runs of their own
    broadsheet cluster join tcp://head:8786    this machine works for a run of another one
    broadsheet doctor                          whether all is well
    """


@main.command(short_help="Load crawled pages into the warehouse.")
@click.argument("paths", nargs=-1, required=True, type=LocalPath(path_type=Path))
@HOME
@click.option("--source", type=click.Choice(KINDS), help="Read every path as this kind instead of recognising it.")
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes [default: one per core].")
@click.option("--batch-pages", type=click.IntRange(1, 5000), help="Pages in a batch at most [default: 1000].")
@click.option("--limit", type=click.IntRange(1), help="Stop after this many pages; the next run goes on after them.")
@click.option("--below", type=LocalPath(file_okay=False, path_type=Path), help="The folder of which PATHS are parts, as of a shard.")
@AS_JSON
def ingest(**options: Any) -> None:
    """Load the pages under PATHS: HTML files and folders, WARC, WACZ, ARC and WET files, extracted text, JSONL and Parquet tables.

    Kinds may be mixed. What the warehouse already has is skipped, so the same command again only does what is new or
    was left unfinished. A page that cannot be used is a row of ops.rejects with its reason.

    \b
    Examples
      broadsheet ingest samples
      broadsheet ingest crawl-2025-03.warc.gz pages/ --home /data/news --workers 8
      broadsheet ingest dump.parquet --source page_table --limit 1000 --json
      broadsheet ingest /crawl/2025/a /crawl/2025/b --below /crawl

    \b
    Exit codes
      0 loaded, or nothing new    2 wrong options          10 nothing can be read     11 a batch was refused
      13 another loader runs      14 warehouse unusable    15 every page was rejected 16 cannot write
      17 the snapshot is held     18 no Prefect server     19 no worker can start
      20 no cluster               21 no catalog of a lake
      130 stopped by Ctrl-C or SIGTERM: run it again to go on
    """
    run_command("ingest", **options)


@main.command(short_help="Why each value of a page is what it is.")
@click.argument("page", metavar="URL|PAGE_ID")
@HOME
@AS_OF
@AS_JSON
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Instead draw the page with its regions coloured, as this file: it opens in a browser, offline.",
)
def explain(**options: Any) -> None:
    """Every field of a page: the candidates, which one won and why; for rejected pages the reason. Then the listings around
    the article, with their items, and the turns of an interview.

    \b
    Examples
      broadsheet explain https://harbour-post.example/2025/03/quay
      broadsheet explain 5f3a09c2d1e7b846 --json
      broadsheet explain html/en/interview.html --html regions.html
    """
    run_command("explain", **options)


@main.command(short_help="Ask the warehouse, read-only.")
@click.argument("query")
@HOME
@AS_OF
@AS_JSON
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values on standard output, safe to open in a spreadsheet.")
@click.option("--raw", "is_raw", is_flag=True, help="With --csv: texts exactly as they are, for programs.")
def sql(**options: Any) -> None:
    """Run one SQL query on the published snapshot. It cannot change anything, read other files or reach the network.

    Pages may say anything. With --csv a text that a spreadsheet would take for a formula, since it begins with = + - or @,
    gets an apostrophe before it, and control characters become escapes such as \\x1b. --raw leaves both; so does --json,
    whose own escapes lose nothing.

    \b
    Examples
      broadsheet sql "SELECT title, published_at FROM core.articles ORDER BY published_at DESC LIMIT 10"
      broadsheet sql "SELECT reason, count(*) FROM ops.rejects GROUP BY ALL" --csv
      broadsheet sql "SELECT count(*) FROM core.articles" --as-of 2026-11-28

    \b
    Exit codes
      0 answered    2 wrong query    14 no snapshot, or a damaged one    17 a program has opened it for writing
    """
    if options["as_json"] and options["as_csv"]:
        raise click.UsageError("expected --json or --csv, got both: give the one that you want.")
    if options["is_raw"] and not options["as_csv"]:
        raise click.UsageError("expected --raw with --csv, got it alone: --json is exact as it is, the table on the terminal never.")
    run_command("sql", **options)


@main.command(short_help="Whether all is well.")
@HOME
@click.option("--deep", is_flag=True, help="Read every capture and every row, however many there are.")
@AS_JSON
def doctor(**options: Any) -> None:
    """Check the machine, the Prefect server, the warehouse, the snapshot and the bytes of captures; say what to do about what
    is wrong. A run that is under way is not disturbed.

    Exit code 0 if all is well, 1 if something needs attention.

    \b
    Example
      broadsheet doctor --home /data/news
    """
    run_command("doctor", **options)


for command in (
    cluster, explore, export, harvest, lake, publish, rejects, relate, reprocess, restore, search, serve, serve_sql, shard, snapshots,
):  # fmt: skip
    main.add_command(command)

if __name__ == "__main__":
    main()
