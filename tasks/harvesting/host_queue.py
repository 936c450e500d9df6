"""What is to be asked of one host, and in which order."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from tasks.harvesting.pace import Pace

PAGE = "page"


@dataclass(frozen=True, slots=True)
class Target:
    """A URL to ask for."""

    url: str
    kind: str  # of ops.fetches
    outlet_id: str
    found_on: str | None = None
    redirects: int = 0  # that led to it
    attempt: int = 1
    is_whole: bool = False  # whether it is asked for without validators, since what they stand for is lost
    changed_at: datetime | None = None  # as a sitemap says


@dataclass(slots=True)
class HostQueue:
    """What is to be asked of one host: lists before pages, each in the order in which they were found."""

    host: str
    pace: Pace
    lists: deque[Target] = field(default_factory=deque)
    pages: deque[Target] = field(default_factory=deque)
    is_served: bool = False
    failures: int = 0  # in a row
    is_given_up: bool = False

    def __len__(self) -> int:
        return len(self.lists) + len(self.pages)

    def put(self, target: Target, *, is_first: bool = False) -> None:
        queue = self.pages if target.kind == PAGE else self.lists
        if is_first:
            queue.appendleft(target)
        else:
            queue.append(target)

    def take(self) -> Target | None:
        queue = self.lists or self.pages
        return queue.popleft() if queue else None
