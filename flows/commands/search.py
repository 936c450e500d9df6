"""broadsheet search: articles or headlines about something, with the place that was found."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from flows.place import place_of
from flows.terminal import put, put_json, shown
from warehouse.ask import ask
from warehouse.errors import QueryInvalid
from warehouse.search.marking import pieces

ARTICLES = (
    "FROM search_articles($query, most := $most, host := $host, lang := $lang, since := $since, until := $until, stories := $stories)"
)
HEADLINES = "FROM search_headlines($query, most := $most, host := $host, since := $since, until := $until)"
ASKED = "SELECT DISTINCT unnest([text, term]) FROM search.wanted($query) WHERE NOT is_excluded"
NOTHING = (
    "Nothing found. Fewer words find more, OR between two takes either, a word cut short with * takes what begins so; "
    'see what is there: `broadsheet sql "FROM core.articles"`.'
)
NO_HEADLINE = "Nothing found. Fewer words find more; without --headlines articles are searched."


def run(
    query: str, home: Path, as_of: str | None, host: str | None, lang: str | None, since: str | None, until: str | None, limit: int,
    stories: bool, headlines: bool, as_json: bool,
) -> int:  # fmt: skip
    """Print what is found. Raises QueryInvalid, SnapshotUnknown or WarehouseUnusable."""
    place = place_of(home)
    narrowed: dict[str, Any] = {"query": query, "most": limit, "host": host, "since": since, "until": until}
    more: dict[str, Any] = {"lang": lang, "stories": stories}
    try:
        found = ask(place, HEADLINES if headlines else ARTICLES, narrowed if headlines else narrowed | more, as_of=as_of).records()
        asked = [text for (text,) in ask(place, ASKED, {"query": query}, as_of=as_of).rows]
    except QueryInvalid as error:
        if "search" in str(error) and "does not exist" in str(error):
            raise QueryInvalid(
                "expected a snapshot with a search index, got one of an earlier version: any run of `broadsheet ingest` publishes one."
            ) from error
        raise
    if as_json:
        put_json(found)
    elif not found:
        put(NO_HEADLINE if headlines else NOTHING)
    for row in [] if as_json else found:
        _put_headline(row, asked) if headlines else _put_article(row, asked)
    return 0


def _put_article(row: dict[str, Any], asked: list[str]) -> None:
    published = f"{row['published_at']:%Y-%m-%d %H:%M}" if row["published_at"] else "no date"
    click.echo(marked(row["title"], asked))
    put(f"    {published}  {row['host']}  {row['page_id']}  {row['url']}")
    click.echo(f"    {marked(' '.join((row['snippet'] or '').split()), asked)}")


def _put_headline(row: dict[str, Any], asked: list[str]) -> None:
    seen = f"{row['first_seen_at']:%Y-%m-%d %H:%M} to {row['last_seen_at']:%Y-%m-%d %H:%M}, {row['seen_count']} captures"
    click.echo(marked(row["headline"], asked))
    put(f"    {seen}  {row['host']} ({row['kind']})  {row['target_url'] or 'no link'}  {row['page_id'] or 'not captured'}")


def marked(text: str, asked: Sequence[str]) -> str:
    """One line as a terminal may have it, with what was asked for in bold; click leaves that out where nobody looks."""
    return "".join(click.style(shown(piece), bold=True) if is_asked else shown(piece) for piece, is_asked in pieces(text, asked))
