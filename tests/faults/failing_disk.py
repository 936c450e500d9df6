"""A disk that fails when it is told to, for any command: build the shim once, then start the command in its environment.

    disk = FailingDisk.built(tmp_path)
    subprocess.run(command, env=os.environ | disk.failing_at(70, under=home, error=errno.EIO))
    disk.failures()  # what failed: "4711 70 fsync /…/home/raw/broadsheet-000001.warc.gz"

enospc.c says what every variable means.
"""

import errno
import struct
from dataclasses import dataclass
from pathlib import Path

from tests.faults.shim import built


@dataclass(frozen=True, slots=True)
class FailingDisk:
    """The built shim, with the files in which processes count together and write what failed."""

    library: Path
    state: Path
    log: Path

    @classmethod
    def built(cls, folder: Path) -> "FailingDisk":
        """Compile it into `folder`; skips the test where that cannot be done."""
        return cls(built("enospc", folder), folder / "calls.count", folder / "calls.failed")

    def failing_at(self, number: int, under: Path, *, times: int = 1, error: int = errno.ENOSPC, calls: str = "") -> dict[str, str]:
        """The environment in which the `number`-th call under `under` fails, counted over all processes; 0 only counts."""
        self.state.write_bytes(struct.pack("l", 0))
        self.log.write_text("")
        return {
            "LD_PRELOAD": str(self.library), "FAULT_UNDER": str(under), "FAULT_AT": str(number or -1), "FAULT_TIMES": str(times),
            "FAULT_ERRNO": str(error), "FAULT_CALLS": calls, "FAULT_STATE": str(self.state), "FAULT_LOG": str(self.log),
        }  # fmt: skip

    def count(self) -> int:
        """Calls so far."""
        return int(struct.unpack("l", self.state.read_bytes())[0])

    def failures(self) -> list[str]:
        """A line for each call that failed: process, number, call, path."""
        return self.log.read_text().splitlines()
