"""Each request written down: its WARC records and its row, in pairs of files that become whole every few moments."""

import hashlib
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.harvesting.captures import CaptureFiles, Shelf, new_stem
from tasks.harvesting.fetching import HttpAnswer
from tasks.harvesting.harvest_tally import HarvestTally
from tasks.harvesting.host_queue import Target
from tasks.harvesting.schedule import due_at, next_interval
from tasks.harvesting.warc_records import exchange_records, info_record
from tasks.harvesting.web_urls import host_of
from warehouse.fetches import KnownFetch

HAS_PAGE = frozenset({"page", "front", "list"})
MOST_BYTES = 256 * 1024**2  # of a WARC
MOST_SECONDS = 60.0  # what a crash loses at most
UNTOLD = ("reason", "detail", "http_status", "address", "body_bytes")  # until an answer tells
CARRIED = ("digest", "etag", "last_modified", "location", "warc_uri", "warc_offset", "interval_seconds", "due_at")


class FetchLog:
    """Of one run. Raises StorageFailed where the disk refuses."""

    def __init__(
        self, home: Path, run_id: str, user_agent: str, known: Mapping[str, KnownFetch], tally: HarvestTally, most_rows: int
    ) -> None:
        self._home, self._run_id, self._agent, self._known, self._tally = home, run_id, user_agent, known, tally
        self._most_rows = most_rows
        self._requests = self._files = 0
        self._file = self._begin()

    def answered(
        self, target: Target, answer: HttpAnswer, outcome: str, *, body: bytes = b"", digest: str | None = None, revisit: str | None = None,
        location: str | None = None, reason: str | None = None, detail: str | None = None, due: datetime | None = None,
    ) -> None:  # fmt: skip
        """An answer that came. With a `digest`, or a `location` that it leads to, it is kept as WARC records."""
        told: dict[str, Any] = {"address": answer.address, "http_status": answer.status, "wire_bytes": len(answer.packed)}
        told |= {"reason": reason, "detail": detail, "seconds": answer.seconds, "due_at": due}
        if digest or location or revisit:
            shelf: Shelf = "pages" if target.kind in HAS_PAGE and digest and not revisit else "others"
            offset = self._keep(shelf, exchange_records(answer, body, digest, revisit))
            told |= {"location": location}
            if not revisit:
                told |= {"warc_uri": self._file.warc_uri(shelf), "warc_offset": offset} if digest else {}
            if digest:
                told |= {"digest": digest, "body_bytes": len(body)}
            if digest or revisit:
                told |= {name: answer.header(header) for name, header in (("etag", "etag"), ("last_modified", "last-modified"))
                         if digest or answer.header(header)}  # fmt: skip
        self._row(target, answer.asked_at, outcome, told)

    def without_answer(
        self, target: Target, asked_at: datetime, outcome: str, reason: str, detail: str, answer: HttpAnswer | None = None
    ) -> None:
        """No whole answer, or none that was asked for. A skip for the reason that was told last is only counted."""
        known = self._known.get(target.url)
        if outcome == "skipped" and known is not None and (known.outcome, known.reason) == (outcome, reason):
            self._tally.add(target.outlet_id, outcome, reason, 0, is_sent=False)
            return
        took = 0.0 if outcome == "skipped" else (datetime.now(UTC) - asked_at).total_seconds()
        told: dict[str, Any] = {"reason": reason, "detail": detail, "seconds": max(took, 0.0)}
        if answer is not None:
            told |= {"http_status": answer.status, "address": answer.address}
        self._row(target, asked_at, outcome, told)

    def rotate_if_due(self) -> None:
        """Make the files whole once they are large or old enough."""
        is_full = max(self._file.sizes.values()) >= MOST_BYTES or len(self._file.records) >= self._most_rows
        if is_full or time.monotonic() - self._began >= MOST_SECONDS:
            self.finish()
            self._file = self._begin()

    def finish(self) -> None:
        """Make the files whole."""
        self._file.finish()

    def _begin(self) -> CaptureFiles:
        self._files += 1
        self._began = time.monotonic()
        return CaptureFiles(self._home, new_stem(self._run_id, self._files))

    def _keep(self, shelf: Shelf, records: Iterable[bytes]) -> int:
        if not self._file.sizes[shelf]:
            self._file.write(shelf, info_record(Path(self._file.warc_uri(shelf)).name, self._agent))
        return [self._file.write(shelf, record) for record in list(records)][0]  # noqa: RUF015 - all of them are written

    def _row(self, target: Target, asked_at: datetime, outcome: str, told: Mapping[str, Any]) -> None:
        self._requests += 1
        known = self._known.get(target.url)
        carried = {name: getattr(known, name, None) for name in CARRIED}
        status = told.get("http_status")
        row = dict.fromkeys(UNTOLD) | {
            "fetch_id": hashlib.sha256(f"{self._run_id}:{self._requests}".encode()).hexdigest()[:16],
            "run_id": self._run_id, "outlet_id": target.outlet_id, "url": target.url, "host": host_of(target.url), "kind": target.kind,
            "found_on": target.found_on, "lastmod_at": target.changed_at,
            "requested_at": asked_at, "outcome": outcome, "attempt": target.attempt,
            "wire_bytes": 0, "seconds": 0.0,
        } | carried | dict(told)  # fmt: skip
        if outcome == "skipped":
            row["due_at"] = carried["due_at"] if known else asked_at  # asked about anew by each run, which costs no request
        else:
            interval = next_interval(target.kind, outcome, carried["interval_seconds"], status)
            row |= {"interval_seconds": interval, "due_at": told.get("due_at") or due_at(asked_at, interval)}
        self._file.records.append(row)
        is_sent = outcome != "skipped"
        self._tally.add(target.outlet_id, outcome, told.get("reason"), told.get("wire_bytes", 0), is_sent=is_sent)
