"""The command that asks outlets on the web."""

from pathlib import Path
from typing import Any

import click

from flows.command_line import AS_JSON, HOME, LocalPath, run_command


@click.command(short_help="Ask outlets on the web for what is new, politely, and load it.")
@click.argument("sources", type=LocalPath(dir_okay=False, path_type=Path))
@HOME
@click.option("--only", multiple=True, metavar="OUTLET", help="Only this outlet of the file; may be given several times.")
@click.option("--limit", type=click.IntRange(1), help="Ask for at most so many pages; lists are asked for besides.")
@click.option("--again", "is_again", is_flag=True, help="Ask also for what is not due yet; what has not changed costs no body.")
@click.option("--fetch-only", is_flag=True, help="Keep what comes and load no pages; the next harvest does.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Tell what is due; ask nothing and write nothing.")
@click.option(
    "--allow-host", "allow_hosts", multiple=True, metavar="NAME[=ADDRESS]",
    help="A host that need not be at a public address, such as one of your own network.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes of the load [default: one per core].")
@AS_JSON
def harvest(**options: Any) -> None:
    """Ask the outlets of SOURCES, a TOML file, for what is due: feeds, sitemaps, front and list pages, and the stories that they name.
    What comes is kept as WARC files in HOME/harvest, each request is a row of ops.fetches, and new pages are loaded.

    A host is asked one thing at a time, as its robots.txt allows and no faster than it likes. What is known and has not changed costs an
    answer without a body. docs/harvest.md tells how the file is written.

    \b
    Examples
      broadsheet harvest sources.toml
      broadsheet harvest sources.toml --only harbour-post --limit 100
      broadsheet harvest sources.toml --dry-run
      broadsheet harvest sources.toml --allow-host intranet.example=10.0.0.7

    \b
    Exit codes
      0 harvested, or nothing was due    2 wrong options, or a wrong file    10 no request was answered
      11 a batch was refused             13 another harvest or loader runs   14 warehouse unusable    16 cannot write
      17 the snapshot is held            18 no Prefect server                19 no worker can start
      130 stopped by Ctrl-C or SIGTERM: run it again to go on
    """
    run_command("harvest", **options)
