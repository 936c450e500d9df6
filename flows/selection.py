"""Which captures of the raw store are read again. Loads no orchestrator: where nothing is chosen, none is started."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from flows.version import extractor
from warehouse.connection import open_snapshot
from warehouse.errors import SettingsInvalid
from warehouse.moments import iso_moment
from warehouse.queries import Row, report


@dataclass(frozen=True, slots=True)
class Selection:
    """Which captures are read again: all that every given condition holds for."""

    since: str = ""  # ISO 8601: observed then or later
    host: str = ""  # or a host under it
    is_outdated: bool = False  # read by another extractor than today's
    is_refused: bool = False  # with a refusal that stands
    reason: str = ""  # how that begins
    run_id: str = ""  # the run that refused it
    reject_id: str = ""

    def parameters(self) -> dict[str, object]:
        """Of warehouse/reports/captures_to_reprocess.sql. Raises SettingsInvalid where `since` is no moment."""
        given = asdict(self) | {"since": moment_of(self.since).isoformat() if self.since else ""}
        given["extractor"] = extractor() if given.pop("is_outdated") else ""
        given["is_refused"] |= bool(self.reason or self.run_id or self.reject_id)
        return given


def moment_of(text: str) -> datetime:
    """A day or moment as it is given to a command, in UTC where it says no zone. Raises SettingsInvalid."""
    if (moment := iso_moment(text)) is None:
        raise SettingsInvalid(f"expected a day or moment such as 2025-03-01 or 2025-03-01T06:00+01:00, got {text!r}")
    return moment


def captures(home: Path, selection: Selection) -> list[Row]:
    """Rows of warehouse/reports/captures_to_reprocess.sql, in the order of the raw store. Raises what open_snapshot says."""
    with open_snapshot(home) as connection:
        return report(connection, "captures_to_reprocess", **selection.parameters())
