"""What a worker must know besides its batch. Apart, so that reading settings loads no library of dissection."""

from dataclasses import dataclass
from pathlib import Path

from tasks.pages.limits import Limits


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """Limits for one page, and where staged files go."""

    home: Path
    seconds_per_page: float  # of CPU time
    limits: Limits
    extractor: str  # which code decides, for core.evidence
