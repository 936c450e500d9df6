"""Reading whole inputs: what a run would see of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tasks.planning.survey import survey
from tasks.sources.catalogue import plan, read
from tasks.sources.discovery import discover
from tasks.sources.file_bytes import MAX_PAGE_BYTES
from tasks.sources.page import InputFile, Page, PageRef, PageUnreadable, Tally, Unreadable


@dataclass
class Seen:
    """The pages of an input, the reasons of its rejects in order, and what was passed over."""

    pages: list[Page] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    passed_over: Tally = field(default_factory=Tally)

    @property
    def urls(self) -> list[str | None]:
        return [page.url for page in self.pages]

    def refuse(self, reason: str, detail: str) -> None:
        self.reasons.append(reason)
        self.details.append(detail)


def found_in(*paths: Path, kind: str | None = None, passed_over: Tally | None = None) -> list[InputFile | Unreadable]:
    """Every file under `paths` with its source, where nothing is known yet."""
    passed_over = Tally() if passed_over is None else passed_over
    return survey(discover(paths, passed_over), lambda _keys: {}, kind, passed_over).pending


def see(*paths: Path, kind: str | None = None, max_bytes: int = MAX_PAGE_BYTES) -> Seen:
    """Discover, plan and read everything under `paths`."""
    seen = Seen()
    for found in found_in(*paths, kind=kind, passed_over=seen.passed_over):
        planned: Iterable[PageRef | Unreadable] = [found] if isinstance(found, Unreadable) else plan(found, 0, seen.passed_over)
        for item in planned:
            if isinstance(item, Unreadable):
                seen.refuse(item.reason, item.detail)
                continue
            try:
                seen.pages.append(read(item, max_bytes))
            except PageUnreadable as error:
                seen.refuse(error.reason, error.detail)
    return seen


def written(path: Path, content: bytes) -> Path:
    """The file at `path` with this content, folders made as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
