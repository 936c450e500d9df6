"""The commands that serve: what a team needs, and the explorer alone."""

from pathlib import Path
from typing import Any

import click

from flows.command_line import AS_OF, HOME, LocalPath, run_command

DEFAULT_PORT = 4200  # Prefect's own
EXPLORER_PORT = 8200
DEFAULT_CRON = "*/10 * * * *"


@click.command(short_help="Prefect with its UI, schedules, a worker and Data Docs, on this machine.")
@HOME
@click.option(
    "--drop", type=LocalPath(file_okay=False, path_type=Path),
    help="Folder that crawlers leave pages in [default: the folder drop in the home].",
)  # fmt: skip
@click.option("--cron", default=DEFAULT_CRON, show_default=True, help="When the drop folder is loaded besides, in UTC.")
@click.option("--sources", type=LocalPath(dir_okay=False, exists=True, path_type=Path), help="File of sources: they are harvested, too.")
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True, help="Port on 127.0.0.1.")
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address to listen at; another one only in a container.")
@click.option("--work-limit", type=click.IntRange(1, 64), default=4, show_default=True, help="Runs at once; one of them loads.")
@click.option("--status", "is_status", is_flag=True, help="Say whether the home is served, and where; exit code 1 if not.")
@click.option("--stop", "is_stop", is_flag=True, help="End what serves the home, as Ctrl-C would, and wait for it.")
def serve(**options: Any) -> None:
    """Serve a home until Ctrl-C: Prefect's server with its UI, a worker, the deployments, automations, Data Docs and the explorer, on
    one port of loopback. What lies in the drop folder is loaded at once, at each time of --cron, and whenever a new file is whole.
    Nothing of another Prefect on this machine is read or changed: records and logs are in the folder prefect of the home.

    Ctrl-C or SIGTERM gives runs ten seconds for batches under way. Where the home is served already it says where, and ends.

    \b
    Examples
      broadsheet serve --drop samples
      broadsheet serve --home /data/news --drop /data/crawl --cron "15 2 * * *" --port 4300
      broadsheet serve --home /data/news --stop

    \b
    Exit codes
      0 ended, or served already    1 --status: not served         2 wrong options, or the port is taken
      16 cannot write               18 the server does not start
    """
    if options["is_status"] and options["is_stop"]:
        raise click.UsageError("expected --status or --stop, got both.")
    run_command("serve", **options)


@click.command(short_help="Look at the warehouse in a browser.")
@HOME
@AS_OF
@click.option("--port", type=click.IntRange(0, 65535), default=EXPLORER_PORT, show_default=True, help="Port; 0 for any that is free.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at. With another one whoever reaches it reads all.")
@click.option("--name", "names", multiple=True, help="Name that browsers call it by besides, such as that of a proxy. May be repeated.")
@click.option("--seconds", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True, help="What a query may take.")
@click.option("--open", "is_open", is_flag=True, help="Open it in a browser of this machine.")
def explore(**options: Any) -> None:
    """Show the published warehouse as web pages, until Ctrl-C: search, articles with their evidence and repairs, sites and their listings
    over time, topics, outlets, damage, rejects, checks, and SQL. Nothing can be changed, nothing is asked of the network, and every page
    is an address that may be kept. What is published meanwhile is seen with the next page.

    \b
    Examples
      broadsheet explore --open
      broadsheet explore --home /data/news --as-of 2026-11-29 --port 8080
      broadsheet explore --host 0.0.0.0 --name explorer.newsroom.example

    \b
    Exit codes
      0 ended by Ctrl-C    2 wrong options, the port is taken, or no such state
    """
    run_command("explore", **options)
