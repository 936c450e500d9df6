"""What a power cut leaves of a folder, at any moment of a command that ran in the environment of `recording`.

    power = PowerCut.built(tmp_path, under=home)
    subprocess.run(command, env=os.environ | power.recording())
    for moment in range(power.syncs() + 1):
        power.left_after(moment, tmp_path / "left")

The worst that POSIX allows: bytes are there that were synced, and names whose folder was. power.c writes them down.
"""

import os
import shutil
import struct
from dataclasses import dataclass
from pathlib import Path

from tests.faults.shim import built


@dataclass(frozen=True, slots=True)
class PowerCut:
    """The built shim, with what it has written down."""

    library: Path
    log: Path
    under: Path

    @classmethod
    def built(cls, folder: Path, under: Path) -> "PowerCut":
        """Compile it into `folder`; skips the test where that cannot be done."""
        log = folder / "syncs"
        log.mkdir()
        return cls(built("power", folder), log, under)

    def recording(self) -> dict[str, str]:
        """The environment in which each fsync under the folder is written down."""
        state = self.log.with_name("syncs.count")
        state.write_bytes(struct.pack("l", self.syncs()))
        return {"LD_PRELOAD": str(self.library), "POWER_UNDER": str(self.under), "POWER_LOG": str(self.log), "POWER_STATE": str(state)}

    def sync_all(self) -> None:
        """Write down what is there now, as `sync` would: what a test has prepared is not what it loses."""
        for path in (self.under, *(path for path in sorted(self.under.rglob("*")) if not path.is_symlink())):
            name = self.log / f"{self.syncs() + 1:06d}.{'folder' if path.is_dir() else 'file'}.{path.stat().st_ino}"
            if path.is_dir():
                name.write_text("".join(map(_line, os.scandir(path))))
            else:
                shutil.copyfile(path, name)

    def syncs(self) -> int:
        """How many fsyncs there were."""
        return max((int(path.name.split(".")[0]) for path in self.log.iterdir()), default=0)

    def left_after(self, moment: int, target: Path) -> Path:
        """The folder as the disk has it where the power fails behind the `moment`-th fsync, written anew to `target`."""
        shutil.rmtree(target, ignore_errors=True)
        known: dict[tuple[str, str], Path] = {}
        for path in sorted(self.log.iterdir()):
            number, kind, inode = path.name.split(".")
            if int(number) <= moment:
                known[kind, inode] = path
        self._write(str(self.under.stat().st_ino), target, known)
        return target

    def _write(self, inode: str, target: Path, known: dict[tuple[str, str], Path]) -> None:
        target.mkdir()
        entries = known.get(("folder", inode))
        for line in entries.read_text("utf-8").splitlines() if entries else []:
            below, type_, name = line.split(" ", 2)
            if type_ == "1":
                self._write(below, target / name, known)
            elif type_ == "2":  # where it leads is in the entry
                called, _, leads_to = name.partition("\t")
                (target / called).symlink_to(leads_to)
            elif ("file", below) in known:
                shutil.copyfile(known["file", below], target / name)
            else:
                (target / name).touch()  # a name whose bytes were never synced


def _line(entry: os.DirEntry[str]) -> str:
    """An entry of a folder, as power.c writes it."""
    if entry.is_symlink():
        return f"{entry.inode()} 2 {entry.name}\t{os.readlink(entry.path)}\n"  # noqa: PTH115 - of an entry, relative as it is
    return f"{entry.inode()} {int(entry.is_dir())} {entry.name}\n"
