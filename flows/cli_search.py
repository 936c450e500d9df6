"""The command that searches."""

from typing import Any

import click

from flows.command_line import AS_JSON, AS_OF, HOME, run_command


@click.command(short_help="Search articles, or headlines, in any script.")
@click.argument("query")
@HOME
@AS_OF
@click.option("--host", help="Only of this host.")
@click.option("--lang", help="Only in this language, ISO 639, such as zh. Not with --headlines.")
@click.option("--since", help="Only what was published, or seen, then or later: 2026-03-01, in UTC.")
@click.option("--until", help="Only what was published, or seen, before.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many at most.")
@click.option(
    "--stories", is_flag=True, help="Each story once, at its origin: mirrors and other copies are left out. Not with --headlines."
)
@click.option("--headlines", is_flag=True, help="Search the headlines that pages have listed, captured or not, instead of articles.")
@AS_JSON
def search(**options: Any) -> None:
    """Articles about QUERY, the best first: titles, dates, hosts, and the place that was found.

    Traditional, Simplified and disguised Chinese are one, and so are accents, cases and forms of a word. In QUERY all words count;
    OR between two, -word, "a phrase", title:word and begin* do what they say.

    \b
    Examples
      broadsheet search "網絡攻擊"
      broadsheet search '"White House" -title:opinion' --since 2026-01-01 --lang en
      broadsheet search "網絡攻擊" --stories
      broadsheet search "疫情 OR pandemic" --headlines --json

    \b
    Exit codes
      0 answered, if with nothing    2 wrong options    14 no snapshot, or a damaged one    17 a program has opened it for writing
    """
    if options["headlines"] and options["lang"]:
        raise click.UsageError("expected --headlines or --lang, got both: what language a headline is in nobody has told.")
    if options["headlines"] and options["stories"]:
        raise click.UsageError("expected --headlines or --stories, got both: copies are told of articles.")
    run_command("search", **options)
