"""Where workers write: private files that no warehouse row points into. Loads nothing: a run that finds nothing new asks, too."""

import shutil
from pathlib import Path


def staging_folder(home: Path) -> Path:
    """The folder, there or not."""
    return home / "raw" / "staging"


def clear_staging(home: Path) -> None:
    """Remove what a run has left there that was killed, or that the disk refused to remove."""
    shutil.rmtree(staging_folder(home), ignore_errors=True)  # what cannot be removed now is met by the next run
