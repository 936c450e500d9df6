"""What a worker must know besides its batch. Apart, so that reading settings loads no library of dissection."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """Limits for one page, and where staged bytes go."""

    home: Path
    seconds_per_page: float  # of CPU time
    max_page_bytes: int  # a payload beyond this, unpacked, is not read
    max_text_chars: int  # a longer text is kept raw and not dissected
