"""broadsheet harvest: ask outlets for what is due, then load it."""

from collections import Counter
from functools import partial
from pathlib import Path

from flows import stop
from flows.commands.ingest import lines as ingest_lines
from flows.commands.orchestrated import Remembering, orchestrated
from flows.harvest_run import HarvestChoice, watching
from flows.invocation import home_option, program
from flows.progress import Display, Told, watcher
from flows.settings import Settings, read_settings
from flows.summary import IngestSummary
from flows.terminal import put, put_json
from tasks.harvesting.announced import announced
from tasks.harvesting.fetching import FetchLimits
from tasks.harvesting.harvest import HarvestOrder, frontier_of, stored_body
from tasks.harvesting.harvest_tally import HarvestTally
from tasks.harvesting.host_queue import Target
from warehouse.connection import SNAPSHOT_FILE, open_snapshot
from warehouse.fetches import KnownFetch, known_fetches

SHOWN = ("new", "changed", "unchanged", "redirected", "refused", "failed", "skipped")


def run(
    sources: Path, home: Path, only: tuple[str, ...], limit: int | None, is_again: bool, fetch_only: bool, is_dry: bool,
    allow_hosts: tuple[str, ...], workers: int | None, as_json: bool,
) -> int:  # fmt: skip
    """Harvest `sources`. Raises what the error tree says."""
    choice = HarvestChoice(sources, only, limit, is_again, allow_hosts)
    choice.declared()  # before anything is started
    choice.allowed()
    settings = read_settings(home=home, workers=workers)
    if is_dry:
        show_due(choice, settings, as_json)
        return 0
    with stop.on_signals(to_the_end=True):
        done, summary = _harvest(choice, settings, fetch_only)
    if as_json:
        put_json(done)
    else:
        for line in lines(done, summary, settings.absolute_home):
            put(line)
    return 0


def _harvest(choice: HarvestChoice, settings: Settings, fetch_only: bool) -> tuple[dict[str, object], IngestSummary]:
    """The counts of the harvest, and those of the load behind it."""
    with orchestrated("flows.harvest_sources", "harvest_sources", settings.cluster) as harvest_sources:
        from flows.ingest_run import watching as watching_load

        seen = Remembering(watcher())
        tallied = Tallying(seen.shown)
        watching.append(tallied)
        watching_load.append(seen)
        try:
            given = (str(choice.sources.absolute()), str(settings.home), list(choice.only), choice.limit, choice.is_again, fetch_only)
            done = harvest_sources(*given, list(choice.allow_hosts), settings.workers)
            return done or tallied.tally.as_dict() | {"pages": seen.summary.as_dict()}, seen.summary
        finally:
            seen.close()
            watching.remove(tallied)
            watching_load.remove(seen)


class Tallying:
    """Passes on what it sees of a harvest, and keeps the last of it."""

    def __init__(self, shown: Display) -> None:
        self.shown = shown
        self.tally = HarvestTally()

    def saw(self, summary: Told) -> None:
        assert isinstance(summary, HarvestTally), "a harvest shows its tally"
        self.tally = summary
        self.shown.saw(summary)

    def close(self) -> None:
        self.shown.close()


def show_due(choice: HarvestChoice, settings: Settings, as_json: bool) -> None:
    """What would be asked for, as far as the published snapshot knows; nothing is asked and nothing is written."""
    declared, home = choice.declared(), settings.absolute_home
    known: dict[str, KnownFetch] = {}
    if (home / SNAPSHOT_FILE).exists():
        with open_snapshot(home) as connection:
            known = known_fetches(connection, [host for outlet in declared.outlets.values() for host in outlet.hosts])
    limits = FetchLimits(settings.harvest_request_seconds, settings.max_page_bytes)
    tally = HarvestTally()
    order = HarvestOrder(home, "", declared, known, limits, choice.allowed(), limit=choice.limit, is_again=choice.is_again)
    frontier = frontier_of(order, tally)
    due = [target for host in frontier.hosts.values() for target in (*host.lists, *host.pages)]
    more = announced(declared, known, partial(stored_body, home))
    if as_json:
        told = [{"outlet": outlet, "key": key, "url": url} for outlet, key, url in more]
        put_json({"due": [target.url for target in due], "not_due": tally.not_due, "left": tally.left, "announced": told})
        return
    for outlet, counts in _by_outlet(due).items():
        put(f"{outlet:<24} {', '.join(f'{count} {kind}' for kind, count in counts.most_common())}")
    put(f"{len(due)} URLs are due and would be asked for, with what the lists among them name; {tally.not_due} are not due.")
    for outlet, key, url in more:
        put(f"{outlet:<24} announces {url}: name it in {key} to have it asked for")


def _by_outlet(due: list[Target]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for target in due:
        found.setdefault(target.outlet_id, Counter())[target.kind] += 1
    return found


def lines(done: dict[str, object], summary: IngestSummary, home: Path) -> list[str]:
    """The summary, line by line: by outlet, why not, and what was loaded."""
    outlets, reasons = dict(done["outlets"]), dict(done["reasons"])  # type: ignore[call-overload]
    head = f"{'outlet':<20}" + "".join(f"{outcome:>11}" for outcome in SHOWN)
    rows = [f"{outlet:<20}" + "".join(f"{counts.get(outcome, 0):>11}" for outcome in SHOWN) for outlet, counts in outlets.items()]
    out = [
        f"requests {done['requests']}, {int(str(done['wire_bytes'])) / 1e6:.1f} MB of bodies, in {done['seconds']} s; "
        f"{done['not_due']} known URLs are not due, {done['left']} pages are left for the next run, {done['outside']} links lead outside",
        *([head, *rows] if rows else []),
        *(f"    {reason:<40} {count:>6}" for reason, count in reasons.items()),
    ]
    return [*out, *_loaded(summary, home)]


def _loaded(summary: IngestSummary, home: Path) -> list[str]:
    if summary.run_id:
        return ingest_lines(summary, home)
    name, at = program(), home_option(home)
    return [f'next            {name} sql "FROM ops.fetches ORDER BY requested_at DESC LIMIT 20"{at}']
