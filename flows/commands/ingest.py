"""broadsheet ingest: look what is new, and only then start the orchestrator."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows import environment, stop
from flows.commands.orchestrated import orchestrated, watched
from flows.invocation import home_option, program
from flows.looking import look, look_at_lake
from flows.outcome import by_reason, named, refuse_what_has_no_page
from flows.summary import IngestSummary
from flows.terminal import put, put_json
from tasks.planning.survey import Survey
from tasks.sources.printable import printable

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.lake.address import LakeAddress


def run(
    paths: tuple[Path, ...], home: Path, source: str | None, workers: int | None, batch_pages: int | None,
    limit: int | None, below: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Load what is new under `paths`. Raises what the error tree says."""
    with stop.on_signals(to_the_end=True):
        todo = _look(home, paths, source, below)
        if not todo.pending:
            refuse_what_has_no_page(todo.files, todo.passed_over, paths)
            show_nothing_new(todo, paths, as_json)
            return 0
        from flows.settings import read_settings

        settings = read_settings(home=home, workers=workers, batch_pages=batch_pages)
        stop.say(f"{len(todo.pending)} files to read, {todo.pending_bytes / 1e6:.1f} MB; starting {carried_by(settings)} and Prefect")
        summary = _ingest(settings, todo, paths, source, limit, below, as_json)
    show(summary, settings.home, as_json, settings.lake)
    return 0


def carried_by(settings: "Settings") -> str:
    """`2 workers`, or the cluster."""
    return f"{settings.workers} workers" if settings.cluster is None else f"batches on the cluster at {settings.cluster}"


def _look(home: Path, paths: tuple[Path, ...], source: str | None, below: Path | None) -> Survey:
    """What is new to the warehouse. Settings are read only where there are some: their library takes longer than the look."""
    at, seconds = home.expanduser().absolute(), environment.LOCK_WAIT_SECONDS
    if environment.is_set():
        from flows.settings import read_settings

        settings = read_settings(home=home)
        if settings.lake is not None:
            return look_at_lake(settings.lake, paths, source, below, settings.lock_wait_seconds)
        seconds = settings.lock_wait_seconds
    return look(at, paths, source, seconds, stop.waiting(at, seconds), below)


def _ingest(
    settings: "Settings", todo: Survey, paths: tuple[Path, ...], source: str | None, limit: int | None, below: Path | None, as_json: bool
) -> IngestSummary:
    with orchestrated("flows.ingest_pages", "ingest_pages", settings.cluster) as ingest_pages:
        from flows.ingest_run import looked, watching

        given = [printable(path.absolute()) for path in paths]  # Prefect keeps them as JSON
        within = None if below is None else printable(below.absolute())
        looked.append(todo)
        try:
            with watched(watching, lambda summary: show(summary, settings.home, as_json, settings.lake)) as seen:
                ingest_pages(given, str(settings.home), source, settings.workers, settings.batch_pages, limit, within)
        finally:
            looked.clear()
        return seen.summary


def show_nothing_new(todo: Survey, paths: Sequence[Path], as_json: bool) -> None:
    """The summary of a run that had nothing to do."""
    if as_json:
        summary = IngestSummary(seen=todo.known_pages, known=todo.known_pages, passed_over=todo.passed_over)
        put_json(summary.as_dict() | {"files": todo.files})
    elif not todo.files:
        put(f"Nothing to read: there is no file under {named(paths)}. No row was changed.")
    else:
        passed = f" {by_reason(todo.passed_over)}." if todo.passed_over else ""
        put(f"Nothing new: all {todo.known_pages} pages in {todo.files} files are known.{passed} No row was changed.")


def show(summary: IngestSummary, home: Path, as_json: bool, lake: "LakeAddress | None" = None) -> None:
    """What was found, what was refused and why, and where to look next."""
    if as_json:
        put_json(summary.as_dict())
        return
    for line in lines(summary, home, lake):
        put(line)


def lines(summary: IngestSummary, home: Path, lake: "LakeAddress | None" = None) -> list[str]:
    """The summary, line by line."""
    rate = f", {summary.read / max(summary.seconds, 1e-3):.0f} a second" if summary.read else ""
    out = [
        f"pages seen      {summary.seen:>8}   in {summary.seconds:.1f} s{rate}",
        f"  loaded        {summary.loaded:>8}",
        f"  already known {summary.known:>8}",
        f"  rejected      {summary.rejected_count:>8}",
        *(f"    {reason:<40} {count:>6}" for reason, count in summary.rejected.most_common()),
        *([f"passed over     {summary.passed_over.total():>8}   files and records that are no pages"] if summary.passed_over else []),
        *(f"    {reason:<40} {count:>6}" for reason, count in summary.passed_over.most_common()),
    ]
    if summary.tried_again:
        out.append(f"{summary.tried_again} of the rejected pages will be tried again by the next run")
    if summary.unrelated:
        out.append(f"not related yet {summary.unrelated:>8}   articles of the warehouse: no row says whether they are copies")
    if summary.warnings:
        out.append("warnings (loaded all the same; ops.checks)")
        out += [f"    {name:<60} in {count} batches" for name, count in summary.warnings.most_common(10)]
    out += [f"batch refused: {refusal}" for refusal in summary.refused]
    name, at = program(), home_option(home)
    return [
        *out,
        f"warehouse       {lake or home / 'warehouse.duckdb'}    Data Docs {home / 'data_docs' / 'index.html'}",
        f'next            {name} sql "SELECT title, published_at FROM core.articles LIMIT 10"{at}',
        f"                {name} rejects{at}",
        *([f"                {name} relate{at}"] if summary.unrelated else []),
    ]
