"""The command that needs no warehouse."""

from typing import Any

import click

from flows.command_line import LocalPath, run_command


@click.command(short_help="Damaged or disguised text as it was; no warehouse is needed.")
@click.argument("file", metavar="FILE|-", type=LocalPath(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One object {restored, is_cloaked, scores, repairs} instead of the text.")
@click.option(
    "--jsonl",
    "as_jsonl",
    is_flag=True,
    help="FILE has lines of {id, text}; print lines of {id, restored, is_cloaked, repairs} in the same order.",
)
def restore(**options: Any) -> None:
    """Restore FILE, or standard input: HTML or plain text that a careless or hostile host has damaged or disguised. The
    charset is recognised; what is printed is UTF-8. Text that is not damaged comes back as it is. What nothing determines
    stays marked with U+FFFD, and its repair says so.

    With --jsonl what stands intact in one line decides about the same words in damaged ones. A line that is no such object
    is told on standard error with its number, the others are restored, and the exit code is 1.

    \b
    Examples
      broadsheet restore page.html > restored.html
      curl -s https://news.example/1 | broadsheet restore - --json
      broadsheet restore lines.jsonl --jsonl > restored.jsonl

    \b
    Exit codes
      0 restored    1 lines that could not be read    2 wrong options    10 the file cannot be read
    """
    if options["as_json"] and options["as_jsonl"]:
        raise click.UsageError("expected --json or --jsonl, got both: --jsonl prints one JSON object a line.")
    run_command("restore", **options)
