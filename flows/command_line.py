"""What every command of cli.py needs around it: paths, the version, and errors that become messages and exit codes."""

import atexit
import gc
import os
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click


def run_command(name: str, **options: Any) -> None:
    """Run flows.commands.<name>; the one place where errors become messages and exit codes."""
    from flows import environment
    from flows.invocation import as_typed
    from flows.terminal import put_lines
    from warehouse.errors import BroadsheetError, OrchestratorUnreachable

    _keep_bytecode()
    atexit.register(gc.freeze)  # at its end Python would look for garbage in all that was loaded, for a tenth of a second
    try:
        if environment.is_set():
            import_module("flows.settings").refuse_unknown_variables()
        sys.exit(import_module(f"flows.commands.{name}").run(**options))
    except BroadsheetError as error:
        put_lines(f"broadsheet: {as_typed(str(error))}", err=True)
        if isinstance(error, OrchestratorUnreachable):  # at its exit Prefect would send logs to nobody, for minutes
            sys.stdout.flush()
            os._exit(error.exit_code)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        click.echo("broadsheet: stopped; what was loaded is kept, and the same command goes on from there.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)  # the reader, such as head, has seen enough


def _keep_bytecode() -> None:
    """Have Python keep what it compiles, also where PYTHONDONTWRITEBYTECODE is set, as in many images and shells: without .pyc
    files each start of a run takes two to three times as long."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # for the workers and the temporary server


def print_version(context: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    """The version, and what tells one state of the code from another."""
    if is_asked:
        from flows.version import extractor
        from warehouse.version import VERSION

        click.echo(f"broadsheet, version {VERSION}\nextractor {extractor()}")
        context.exit()


class LocalPath(click.Path):
    """A path on this machine. A URL is none, and as a path it would lose one of its slashes before anyone could say so."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if re.match(r"[a-zA-Z][\w+.-]+://", str(value)) and not os.path.lexists(value):
            is_file = str(value).lower().startswith("file:")
            todo = "Give the path alone" if is_file else "Name it in a sources.toml and run `broadsheet harvest`, or save pages first"
            self.fail(f"expected a path on this machine, got the URL {value!r}: this command fetches nothing. {todo}.", param, ctx)
        return super().convert(value, param, ctx)


HOME = click.option(
    "--home", type=LocalPath(file_okay=False, path_type=Path), envvar="BROADSHEET_HOME", default=Path("broadsheet-data"),
    show_default=True, help="Folder of the warehouse, the raw store and Data Docs [env: BROADSHEET_HOME].",
)  # fmt: skip
AS_OF = click.option(
    "--as-of",
    metavar="SNAPSHOT|TIME",
    help="Of an older published state: the beginning of its id, or a moment such as 2026-11-29T08:00 (UTC).",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output instead of text.")
