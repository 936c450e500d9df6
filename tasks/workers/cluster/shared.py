"""What every machine must see as the flow does: where batches are staged, and the inputs.

A machine that does not would refuse each page as unreadable, or stage where nobody looks. So it looks before each batch, and says so.
"""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tasks.planning.batches import PageBatch
from tasks.raw_store.staging import storage_failed


class MachineUnfit(Exception):
    """A machine cannot do what others can: it is left out, and the batch goes elsewhere."""

    def __init__(self, address: str, host: str, told: str, may_be_the_batch: bool = False) -> None:
        super().__init__(address, host, told, may_be_the_batch)
        self.address, self.host, self.told = address, host, told
        self.may_be_the_batch = may_be_the_batch  # whose worker processes end; told of a second machine, it is no machine's fault


@dataclass(frozen=True, slots=True)
class Probe:
    """A file that the flow has written into each folder that machines write to, and what stands in it."""

    paths: tuple[Path, ...]
    token: str

    def unmet(self) -> str | None:
        """What is wrong with this machine's view of the folders; None where it is the flow's."""
        return next(filter(None, map(self._unmet, self.paths)), None)

    def _unmet(self, path: Path) -> str | None:
        try:
            found = path.read_text("utf-8")
        except OSError as error:
            return f"the folder {path.parent} is not the one that the run stages in ({error.strerror}): share it under this very path"
        if found != self.token:
            return f"the folder {path.parent} is another one than the run's of this name: share that"
        return None if os.access(path.parent, os.W_OK) else f"the folder {path.parent} cannot be written"


@contextmanager
def probe(folders: Sequence[Path]) -> Iterator[Probe]:
    """One for the time of a run. Raises StorageFailed."""
    token = secrets.token_hex(8)
    made = Probe(tuple(folder / f".shared-{token}" for folder in folders), token)
    try:
        for path in made.paths:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(token, "utf-8")
            except OSError as error:
                raise storage_failed(path, error) from error
        yield made
    finally:
        for path in made.paths:
            path.unlink(missing_ok=True)


def unseen_inputs(batch: PageBatch) -> list[str]:
    """Files of the batch that are not here as they were planned: gone, or of another size."""
    return [stretch.file.path for stretch in batch.stretches if _size(stretch.file.path) != stretch.file.size]


def _size(path: str) -> int | None:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - paths are names, which need not be text
    except OSError:
        return None
