"""The commands that take pages up again: what was refused, what an older extractor has read, and what is a copy of what."""

from pathlib import Path
from typing import Any

import click

from flows.command_line import AS_JSON, HOME, run_command


@click.group(short_help="What was refused, and why; taken up again after a fix.", invoke_without_command=True)
@HOME
@click.option("--reason", help="Only this reason, or reasons that begin with it.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Rows to list.")
@AS_JSON
@click.pass_context
def rejects(context: click.Context, /, **options: Any) -> None:
    """Refused pages and rows: counts by reason, then the newest ones with what was expected and what came.

    \b
    Examples
      broadsheet rejects
      broadsheet rejects --reason not_article --limit 100 --json
      broadsheet rejects show 5f3a09c2d1e7b846
      broadsheet rejects replay --reason dissection_failed
    """
    if context.invoked_subcommand is None:
        run_command("rejects", **options)
    context.obj = options["home"]


@rejects.command(short_help="One refusal: the row, why, and the page as it was read.")
@click.argument("reject_id")
@HOME
@AS_JSON
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also draw the page with its regions coloured, as this file.")
def show(**options: Any) -> None:
    """One row of ops.rejects with the reason, the refused row, and what dissection made of the page.

    \b
    Examples
      broadsheet rejects show 5f3a09c2d1e7b846
      broadsheet rejects show 5f3a09c2d1e7b846 --html page.html
    """
    run_command("reject_shown", **options)


@rejects.command(short_help="Read refused pages again, after a fix, and load those that are accepted now.")
@HOME
@click.option("--reason", default="", help="Only this reason, or reasons that begin with it.")
@click.option("--host", default="", help="Only pages of this host and those under it.")
@click.option("--run", "run_id", default="", metavar="RUN_ID", help="Only what this run refused.")
@click.option("--id", "reject_id", default="", metavar="REJECT_ID", help="Only this refusal.")
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes [default: one per core].")
@click.option("--limit", type=click.IntRange(1), help="At most so many pages.")
@AS_JSON
def replay(**options: Any) -> None:
    """Pages with a refusal that stands are read again from the raw store by today's extractor. What is accepted now is loaded, and its
    refusal says when (replayed_at); what is refused again stands. All of it in one transaction, or nothing.

    \b
    Examples
      broadsheet rejects replay
      broadsheet rejects replay --reason not_article:list_page --host news.example
    """
    run_command("reprocess", accept=True, samples=0, is_replay=True, **options)


@click.command(short_help="Read the raw store again with today's extractor; show what would change, and take it over.")
@HOME
@click.option("--since", default="", metavar="TIME", help="Only captures observed then or later, such as 2025-03-01.")
@click.option("--host", default="", help="Only captures of this host and those under it.")
@click.option("--reason", default="", help="Only captures with a standing refusal whose reason begins so.")
@click.option("--outdated", is_flag=True, help="Only captures that another extractor has read.")
@click.option("--limit", type=click.IntRange(1), help="At most so many captures.")
@click.option("--accept", is_flag=True, help="Take over: what these options choose, or the proposal that waits.")
@click.option("--samples", type=click.IntRange(0, 100), default=3, show_default=True, help="Changes of each field to show side by side.")
@click.option("--workers", type=click.IntRange(1, 256), help="Worker processes [default: one per core].")
@AS_JSON
def reprocess(**options: Any) -> None:
    """Read captures of the raw store again and say, field by field, what would change. Nothing is changed without --accept: then the
    rows of these pages are replaced in one transaction, and ops.changes keeps what each field said before.

    \b
    Examples
      broadsheet reprocess --outdated
      broadsheet reprocess --accept
      broadsheet reprocess --host news.example --since 2025-03-01 --samples 10

    \b
    Exit codes
      0 proposed, taken over, or nothing to do    2 wrong options    11 a batch was refused
      13 a load, or another reprocess, runs       14 warehouse unusable    16 cannot write    130 stopped
    """
    run_command("reprocess", **options)


@click.command(short_help="Which articles are copies of which, and whose they are; loads end with it.")
@HOME
@click.option("--anew", is_flag=True, help="Make the index anew, and relate all articles once more.")
@AS_JSON
def relate(**options: Any) -> None:
    """Relate the articles that no load has related yet: mirrors, syndicated and scraped copies, revisions, excerpts, as rows of
    core.copies, and the stories that they tell, as rows of core.stories. Loads end with the same; this is for a warehouse that an
    older version has loaded, and for a run that was killed. Of a lake one run relates at a time; its index lies under --home.

    \b
    Examples
      broadsheet relate
      broadsheet relate --anew --home /data/news

    \b
    Exit codes
      0 related, or nothing new    2 wrong options         13 a load runs, or of a lake another relate
      14 warehouse unusable        16 cannot write         18 no Prefect server    21 no PostgreSQL
      130 stopped: run it again to go on
    """
    run_command("relate", **options)
