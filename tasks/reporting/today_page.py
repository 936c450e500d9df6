"""The page `today` of the Prefect UI, as Markdown: what to look at, what came by source, what was rejected, where the data is."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from tasks.reporting.cells import as_code, command, days, every, moment, share, shortened, size
from warehouse.watch import SnapshotFile, Today

Row = Mapping[str, Any]
EARLIER = 'sql "FROM mart.run_history ORDER BY started_at DESC"'
MOST_CONCERNS = 20  # a crawler that dies takes all its hosts along
MOST_HOSTS = 25  # shown, the ones to look at first
MOST_LINES = 5  # of the log, for reasons
MOST_REASONS = 15
MOST_RUNS = 15
EXAMPLE_CHARS = 48  # of an address, so that a table is as wide as the page


def today_page(today: Today, snapshot: SnapshotFile | None, home: Path) -> str:
    """The page of the warehouse in the folder `home`; it is shown below its `summary`."""
    sources = [row for row in today.health if row["kind"] == "source"]
    hosts = sorted((row for row in today.health if row["kind"] == "host"), key=lambda row: not (row["is_silent"] or row["is_rejects_high"]))
    parts = [
        "\n".join(["## Loaded today, by source", "", *_health_table("source", sources)]),
        "\n".join(["## Rejected today", "", *_rejects(today.rejects, home)]),
        "\n".join(["## Drift", "", *_drift_table(today.drift)]) if today.drift else "",
        "\n".join(["## By host", "", *_health_table("host", hosts[:MOST_HOSTS], more=len(hosts) - MOST_HOSTS)]) if hosts else "",
        "\n".join(["## Runs today, and those of the last week that did not complete", "", *_runs_table(today.runs)]),
        "\n".join(["## The data", "", *_data(snapshot, home)]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def summary(today: Today) -> str:
    """The headline and what to look at, as Markdown: the description of the artifact, which lists show the beginning of."""
    return "\n".join(_verdict(today))


def log_lines(today: Today, snapshot: SnapshotFile | None, home: Path) -> Iterator[tuple[bool, str]]:
    """The page in a few lines of plain text, for the end of a run's log; True with those that are to be looked at."""
    yield from ((True, f"{kind} {name} {text}") for kind, name, text in islice(concerns(today), MOST_CONCERNS))
    sources = [row for row in today.health if row["kind"] == "source" and (row["today_count"] or row["today_rejected_count"])]
    usual = ((row, "–" if row["median_count"] is None else f"{row['median_count']:,.0f}") for row in sources[:MOST_HOSTS])
    by_source = ", ".join(f"{row['name']} {row['today_count']:,} (usually {told})" for row, told in usual)
    yield False, f"loaded today: {by_source or 'nothing'}"
    for row in today.rejects[:MOST_LINES]:
        see = f"broadsheet rejects show {row['reject_id']} --home {home}"
        yield False, f"rejected today: {row['reject_count']} {row['reason']}, for example {shortened(str(row['example']))}: {see}"
    if snapshot:
        yield False, f"snapshot: {snapshot.path}, {size(snapshot.byte_count)}, published {moment(snapshot.published_at)} UTC"
    yield False, headline(today)


def headline(today: Today) -> str:
    """`Healthy · 651 loaded, 4 rejected on 29 November 2026 (UTC)`"""
    found = len(list(concerns(today)))
    state = "Healthy" if not found else "One thing to look at" if found == 1 else f"{found} things to look at"
    sources = [row for row in today.health if row["kind"] == "source"]
    loaded, rejected = (sum(row[name] for row in sources) for name in ("today_count", "today_rejected_count"))
    return f"{state} · {loaded:,} loaded, {rejected:,} rejected on {today.as_of:%-d %B %Y} (UTC)"


def concerns(today: Today) -> Iterator[tuple[str, str, str]]:
    """What is to be looked at, as kind, name and sentence: `source`, `drop/harbour`, `fell silent: ...`."""
    sources = [_story(row) for row in today.health if row["kind"] == "source"]
    for row in today.health:
        if row["kind"] == "host" and _story(row) in sources:
            continue  # the only host of its source: told already
        if row["is_silent"]:
            yield row["kind"], row["name"], (
                f"fell silent: nothing for {days(row['silent_day_count'])}, usually something {every(row['usual_gap_days'])}; "
                f"last loaded {moment(row['last_loaded_at'])}"
            )  # fmt: skip
        if row["is_rejects_high"]:
            usually = f", usually {share(row['usual_rejected_share'])}" if row["usual_rejected_share"] is not None else ""
            yield row["kind"], row["name"], f"has many rejects: {share(row['rejected_share'])} of today's pages{usually}"
    for host in sorted({row["host"] for row in today.drift}):
        fields = sorted({row["field"] for row in today.drift if row["host"] == host})
        yield "host", host, f"drifts in {', '.join(fields)}: its pages may have changed"
    for row in today.runs:
        if row["state"] in ("interrupted", "failed"):
            yield "run", row["run_id"], f"of {moment(row['started_at'])} was {row['state']}: the next one goes on from there"
        elif row["refused_count"]:
            yield "run", row["run_id"], f"of {moment(row['started_at'])} has {row['refused_count']} refused batches"


def _story(row: Row) -> tuple[object, ...]:
    """What makes two rows of mart.source_health one thing to look at."""
    return tuple(
        row[name] for name in ("is_silent", "is_rejects_high", "last_loaded_at", "today_count", "today_rejected_count", "median_count")
    )


def _verdict(today: Today) -> Iterator[str]:
    yield headline(today)
    yield ""
    for number, (kind, name, text) in enumerate(concerns(today)):
        if number == MOST_CONCERNS:
            yield "- and more: `mart.source_health` and `mart.field_drift` have all"
            return
        yield f"- {kind} {as_code(shortened(name))} {text}"


def _health_table(kind: str, rows: Sequence[Row], more: int = 0) -> Iterator[str]:
    yield f"| {kind} | today | usual day | rejected | usually | last loaded | |"
    yield "|---|--:|--:|--:|--:|---|---|"
    for row in rows:
        usual = "–" if row["median_count"] is None else f"{row['median_count']:,.0f}"
        yield (
            f"| {as_code(str(row['name']))} | {row['today_count']:,} | {usual} | {row['today_rejected_count']:,} "
            f"({share(row['rejected_share'])}) | {share(row['usual_rejected_share'])} "
            f"| {moment(row['last_loaded_at'])} | {_note(row)} |"
        )
    if more > 0:
        yield f"\n{more} more are in `mart.source_health`."


def _note(row: Row) -> str:
    notes = ["**silent**"] if row["is_silent"] else []
    return ", ".join([*notes, *(["**many rejects**"] if row["is_rejects_high"] else [])])


def _rejects(rejects: Sequence[Row], home: Path) -> Iterator[str]:
    if not rejects:
        yield "Nothing."
        return
    yield "| pages | reason | for example | its id |"
    yield "|--:|---|---|---|"
    for row in rejects[:MOST_REASONS]:
        example = as_code(str(row["example"]), EXAMPLE_CHARS)
        yield f"| {row['reject_count']} | {row['reason']} | {example} | {as_code(str(row['reject_id']))} |"
    yield ""
    yield f"One with its row and its page: {command('rejects show ID', home)}. All reasons: {command('rejects', home)}."


def _drift_table(drift: Sequence[Row]) -> Iterator[str]:
    yield "What articles of a host had in the 14 days before and no longer have: any value of a field, or the candidate that won it."
    yield ""
    yield "| host | field | missing | before | today |"
    yield "|---|---|---|--:|--:|"
    for row in drift:
        missing = "any value" if row["candidate"] is None else as_code(str(row["candidate"]))
        yield (
            f"| {as_code(str(row['host']))} | {row['field']} | {missing} | {share(row['usual_share'])} of "
            f"{row['usual_article_count']:,} | {share(row['today_share'])} of {row['today_article_count']:,} |"
        )


def _runs_table(runs: Sequence[Row]) -> Iterator[str]:
    yield "| began (UTC) | state | took | sources | loaded | rejected | |"
    yield "|---|---|--:|---|--:|--:|---|"
    for row in runs[:MOST_RUNS]:
        took = "–" if row["seconds"] is None else f"{row['seconds']:,.0f} s"
        told = as_code(", ".join(row["sources"]), EXAMPLE_CHARS) if row["sources"] else "nothing new"
        yield (
            f"| {moment(row['started_at'])} | {row['state']} | {took} | {told} | {row['loaded_count']:,} "
            f"| {row['rejected_count']:,} | {_link(row)} |"
        )
    if len(runs) > MOST_RUNS:
        yield f"\n{len(runs) - MOST_RUNS} more are in `mart.run_history`."


def _data(snapshot: SnapshotFile | None, home: Path) -> Iterator[str]:
    if snapshot is None:
        yield "No snapshot was published yet."
        return
    yield f"- Snapshot: {as_code(str(snapshot.path))}, {size(snapshot.byte_count)}, published {moment(snapshot.published_at)} UTC"
    yield f"- Is it well: {command('doctor', home)}"
    yield f"- Days before today: {command(EARLIER, home)}"


def _link(row: Row) -> str:
    return f"[run]({row['flow_run_url']})" if row["flow_run_url"] else ""
