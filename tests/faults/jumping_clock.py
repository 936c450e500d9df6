"""A clock that jumps when it is told to, for any command: build the shim once, start the command in its environment, then `jump`.

clock = JumpingClock.built(tmp_path)
run = subprocess.Popen(command, env=os.environ | clock.environment())
clock.jump(timedelta(days=-400))  # the run sees it at once
"""

import shutil
import struct
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("clock.c")


@dataclass(frozen=True, slots=True)
class JumpingClock:
    """The built shim, and the file that says how far the clock is off."""

    library: Path
    state: Path

    @classmethod
    def built(cls, folder: Path) -> "JumpingClock":
        """Compile it into `folder`; skips the test where there is no C compiler for Linux."""
        compiler = shutil.which("gcc") or shutil.which("cc")
        if compiler is None or not Path("/proc/self/fd").exists():
            pytest.skip("needs a C compiler and Linux: the clock is a library for LD_PRELOAD")
        library, state = folder / "clock.so", folder / "clock.off"
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-w", "-o", str(library), str(SOURCE), "-ldl"], check=True, capture_output=True
        )
        state.write_bytes(struct.pack("l", 0))
        return cls(library, state)

    def jump(self, off: timedelta) -> None:
        """Be off by so much from now on, for processes that run and for those that begin."""
        with self.state.open("r+b") as file:  # in place: it is mapped
            file.write(struct.pack("l", int(off.total_seconds())))

    def environment(self) -> dict[str, str]:
        """In which a command has this clock."""
        return {"LD_PRELOAD": str(self.library), "CLOCK_STATE": str(self.state)}
