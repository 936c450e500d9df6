"""A clock that jumps when it is told to, for any command: build the shim once, start the command in its environment, then `jump`.

clock = JumpingClock.built(tmp_path)
run = subprocess.Popen(command, env=os.environ | clock.environment())
clock.jump(timedelta(days=-400))  # the run sees it at once
"""

import struct
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.faults.shim import built


@dataclass(frozen=True, slots=True)
class JumpingClock:
    """The built shim, and the file that says how far the clock is off."""

    library: Path
    state: Path

    @classmethod
    def built(cls, folder: Path) -> "JumpingClock":
        """Compile it into `folder`; skips the test where that cannot be done."""
        state = folder / "clock.off"
        state.write_bytes(struct.pack("l", 0))
        return cls(built("clock", folder), state)

    def jump(self, off: timedelta) -> None:
        """Be off by so much from now on, for processes that run and for those that begin."""
        with self.state.open("r+b") as file:  # in place: it is mapped
            file.write(struct.pack("l", int(off.total_seconds())))

    def environment(self) -> dict[str, str]:
        """In which a command has this clock."""
        return {"LD_PRELOAD": str(self.library), "CLOCK_STATE": str(self.state)}
