"""What a worker must know besides its batch. Apart, so that reading settings loads no library of dissection."""

from dataclasses import dataclass
from pathlib import Path

from tasks.pages.limits import Limits
from tasks.raw_store.staging_folder import staging_folder
from warehouse.lake.address import BUCKET

# Half of the largest text that is dissected, 16 million characters in 250,000 elements, takes 0.5 GB; ordinary pages take 10 MB.
DEFAULT_MEGABYTES = 1024


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """Limits for one page, and where staged files go."""

    home: Path
    seconds_per_page: float  # of CPU time
    limits: Limits
    extractor: str  # which code decides, for core.evidence
    megabytes_per_page: int = DEFAULT_MEGABYTES  # beyond what the worker has when it begins to read the page
    tables_to: Path | None = None  # where the tables of a batch are staged, if not with the bytes of its pages
    store: str | None = None  # of a lake: there tables and bytes go under their final names

    @property
    def tables_folder(self) -> Path:
        return self.tables_to or staging_folder(self.home)

    @property
    def shared_folders(self) -> list[Path]:
        """What each machine that works for the run must see as the flow does; buckets need keys, not a mount."""
        is_folder = self.store is not None and not self.store.startswith(BUCKET)
        return [self.tables_folder, *([Path(self.store or "") / "staged"] if is_folder else [])]
