"""broadsheet reprocess: the raw store read by today's extractor, what that would change, and its taking over."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import stop
from flows.commands.orchestrated import orchestrated, watched
from flows.invocation import home_option, program
from flows.selection import Selection, captures
from flows.terminal import put, put_json
from warehouse.errors import BatchRefused

if TYPE_CHECKING:
    from flows.settings import Settings
    from tasks.reprocessing.proposal import Proposal

SHOWN_CHARS = 200  # of a value in a sample


def run(
    home: Path, accept: bool, samples: int, as_json: bool, workers: int | None, limit: int | None, is_replay: bool = False, **chosen: Any
) -> int:
    """Propose, show, and where it is asked for take over. Raises what the error tree says."""
    from flows.settings import EXPORT_FIRST, expect_file, read_settings

    settings = read_settings(home=home, workers=workers)
    expect_file(settings, "reprocess captures", EXPORT_FIRST)
    with stop.on_signals(to_the_end=True):
        if accept and not is_replay and limit is None and not any(chosen.values()):
            take_over(settings, as_json)
            return 0
        selection = Selection(is_refused=is_replay, is_outdated=chosen.pop("outdated", False), **chosen)
        if not captures(settings.absolute_home, selection):
            put_json({"seen": 0}) if as_json else put("Nothing to read again: no capture is chosen by these conditions.")
            return 0
        made = propose(settings, selection, limit)
        show(made, settings, samples, as_json, is_accepted=accept)
        if accept:
            take_over(settings, as_json)
    if made.refused:
        told = f"{len(made.refused)} were refused, and their pages stay as they are: {made.refused[0]}"
        raise BatchRefused(f"expected every batch to be credible, {told}")
    return 0


def propose(settings: "Settings", selection: Selection, limit: int | None) -> "Proposal":
    """Read the captures again, with workers and Prefect. Raises KeyboardInterrupt where it was stopped."""
    with orchestrated("flows.reprocess_pages", "reprocess_pages", settings.cluster) as reprocess_pages:
        from flows.ingest_run import watching

        with watched(watching, lambda summary: stop.say(f"{summary.line()}; nothing was changed")):
            reprocess_pages(str(settings.home), selection, settings.workers, settings.batch_pages, limit)
    from tasks.reprocessing.proposal import pending

    made = pending(settings.absolute_home)
    assert made is not None, "a flow that ends without an exception leaves a proposal"
    return made


def take_over(settings: "Settings", as_json: bool) -> None:
    """Put the proposal that waits in place of what is there."""
    from flows.taking_over import accept_proposal

    made, pages = accept_proposal(settings)
    if as_json:
        put_json({"accepted": pages, "run_id": made.run_id})
    else:
        put(f"Taken over: {pages} captures, {made.changes} fields changed; `FROM ops.changes WHERE run_id = '{made.run_id}'` has them.")


def show(made: "Proposal", settings: "Settings", most: int, as_json: bool, *, is_accepted: bool) -> None:
    """What would change, by field, and some of it side by side."""
    from tasks.reprocessing.proposal import changes_file
    from warehouse.reprocess import summarise

    fields, samples = summarise(settings.absolute_home, changes_file(settings.absolute_home), most)
    if as_json:
        put_json({"run_id": made.run_id, "seen": made.seen, "articles": made.articles, "rejected": made.rejected,
                  "refused": made.refused, "fields": fields, "samples": samples})  # fmt: skip
        return
    put(f"{made.seen} captures read again by {made.extractor}: {made.articles} articles, {sum(made.rejected.values())} rejected")
    if not fields:
        put("Nothing would change but who has read them.")
    else:
        put(f"{'table':24}{'field':24}{'changed':>9}{'appeared':>10}{'vanished':>10}")
    for row in fields:
        put(f"{row['table_name']:24}{row['field']:24}{row['changed_count']:>9}{row['appeared_count']:>10}{row['vanished_count']:>10}")
    for row in samples:
        put(f"{row['table_name']}.{row['field']}  {row['url']}")
        put(f"    - {str(row['before'])[:SHOWN_CHARS]}")
        put(f"    + {str(row['after'])[:SHOWN_CHARS]}")
    if not is_accepted:
        put(f"Nothing was changed. To take it over: {program()} reprocess --accept{home_option(settings.home)}")
