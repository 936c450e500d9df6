"""What other programs may wait for: events at Prefect's server, each about a home folder. docs/monitoring.md lists them.

Emitted only where a server is configured: the temporary one of a run has nobody who listens. An event that says how things stand is emitted
once, by the run that finds it so first: see warehouse/watch.py.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prefect.events import emit_event

from flows.summary import IngestSummary
from warehouse.watch import DRIFT, REJECTS_HIGH, SILENT, Concerns

LOADED = "broadsheet.loaded"
SNAPSHOT_PUBLISHED = "broadsheet.snapshot-published"
OF_CONCERN = {SILENT: "broadsheet.source-silent", REJECTS_HIGH: "broadsheet.rejects-high", DRIFT: "broadsheet.drift"}
MOST_EVENTS = 100  # of one kind and run: a crawler that dies takes all its hosts along


def emit_loaded(home: Path, summary: IngestSummary) -> None:
    """A run has loaded pages."""
    _emit(LOADED, home, summary.as_dict() | {"rejected_count": summary.rejected_count})


def emit_published(home: Path, snapshot: Path) -> None:
    """Analysts have a new snapshot."""
    _emit(SNAPSHOT_PUBLISHED, home, {"path": str(snapshot), "bytes": snapshot.stat().st_size})


def emit_news(home: Path, news: Concerns) -> None:
    """A source fell silent, rejects are high, or a host drifts, and nobody was told yet. Drift is one event for each host."""
    told: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = {}
    for (concern, *of), row in news.items():
        name = ("host", of[0]) if concern == DRIFT else (of[0], of[1])
        told.setdefault(concern, {}).setdefault(name, []).append({key: _plain(value) for key, value in row.items()})
    for concern, names in told.items():
        for (kind, called), rows in list(names.items())[:MOST_EVENTS]:
            payload = {"host": called, "fields": rows} if concern == DRIFT else rows[0]
            _emit(OF_CONCERN[concern], home, payload, kind=kind, name=called)


def _emit(event: str, home: Path, payload: Mapping[str, Any], **labels: str) -> None:
    about = {f"broadsheet.{label}": value for label, value in labels.items()}
    home_id, shown = f"broadsheet.home.{home.name}", labels.get("name", home.name)  # the second in the UI's feed
    emit_event(event, resource={"prefect.resource.id": home_id, "prefect.resource.name": shown, **about}, payload=dict(payload))


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
