"""The command that lets other machines ask."""

from pathlib import Path
from typing import Any

import click

from flows.command_line import HOME, LocalPath, run_command

DEFAULT_PORT = 9494  # Quack's own


@click.command("serve-sql", short_help="The published snapshot for readers on other machines, read-only.")
@HOME
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True, help="Port to listen at.")
@click.option(
    "--host", "bind", default="127.0.0.1", show_default=True, help="Address to listen at; another one only behind a proxy with TLS."
)
@click.option("--token-file", type=LocalPath(dir_okay=False, exists=True, path_type=Path), help="File with the token, mode 0600.")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), help="What a query may take.  [default: 60]")
@click.option("--memory", help="What all queries may have together.  [default: 1GB]")
def serve_sql(**options: Any) -> None:
    """Serve the published snapshot to DuckDB on other machines, by its protocol Quack, until Ctrl-C. Who has the token asks one query at a
    time, which reads and nothing else: no file of this machine, no other machine, no setting. A newer state is served when it is published.

    The token is that of --token-file or of the variable BROADSHEET_SQL_TOKEN, else one is made and shown once. Needs the extra serve-sql:
    `pip install 'broadsheet[serve-sql]'`. docs/serve_sql.md tells how to ask.

    \b
    Examples
      broadsheet serve-sql --home /data/news
      broadsheet serve-sql --port 9500 --token-file ~/.broadsheet-token

    \b
    Exit codes
      0 ended    2 wrong options, no extension, or the port is taken    14 no snapshot, or a damaged one
      17 a program has opened it for writing
    """
    run_command("serve_sql", **options)
