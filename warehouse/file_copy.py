"""Copies a file and flushes it to the disk, or tells whether two databases say the same:

    python file_copy.py copy SOURCE TARGET MODE PARENT        # what it says when a line comes in
    python file_copy.py copy SOURCE TARGET MODE PARENT early  # the same, begun at once
    python file_copy.py same ONE OTHER                        # 0: they do, 1: they do not

TARGET must not be there, MODE is octal, PARENT the process that waits for the copy: on Linux the copy dies with it. As long as
it lives, it holds a lock (flock) on TARGET, which tells a copy under way from one that was killed.
A script of its own, without imports of ours, so that it starts in 20 ms; see warehouse/durable.py for why.
"""

import ctypes
import fcntl
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)
# A DuckDB file begins with three headers of 4,096 bytes; each checkpoint that writes counts on in one of them.
# https://duckdb.org/docs/stable/internals/storage
HEADER_BYTES = 3 * 4096
PIECE = 2**20


def copy(source: str, target: str, mode: int, *, is_early: bool) -> None:
    with open(target, "x+b") as file:  # noqa: PTH123 - pathlib costs half of the start
        fcntl.flock(file, fcntl.LOCK_EX)
        if is_early:
            write_differing(source, file.fileno())
            os.fsync(file.fileno())  # while there is time
        if not sys.stdin.readline():
            sys.exit("who wanted the copy is gone")
        write_differing(source, file.fileno())
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())


def write_differing(source: str, target: int) -> None:
    """Have the file of a descriptor say what the file `source` says: what it says already is not written."""
    piece, there, place = bytearray(PIECE), bytearray(PIECE), 0
    with open(source, "rb", buffering=0) as reading:  # noqa: PTH123 - as above
        while length := reading.readinto(piece):
            if length < PIECE:  # the last one: a slice of every piece would take four times as long
                piece, there = piece[:length], bytearray(length)
            if os.preadv(target, [there], place) < length or piece != there:
                write(target, memoryview(piece), place)
            place += length
    os.truncate(target, place)


def write(target: int, rest: memoryview, place: int) -> None:
    while rest:
        written = os.pwrite(target, rest, place)
        rest, place = rest[written:], place + written


def is_same(one: str, other: str) -> bool:
    """Whether one is a copy of the other, and no checkpoint has written since into either."""
    with open(one, "rb") as first, open(other, "rb") as second:  # noqa: PTH123 - as above
        sizes = os.fstat(first.fileno()).st_size, os.fstat(second.fileno()).st_size
        return sizes[0] == sizes[1] and first.read(HEADER_BYTES) == second.read(HEADER_BYTES)


def die_with(parent: int) -> None:
    """End when `parent` ends: what nobody waits for would only fill the disk."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before this process could ask
        sys.exit(f"process {parent}, which wanted the copy, is gone")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # systemd asks every process of a service; the run decides, and waits for this
    try:
        if sys.argv[1] == "same":
            sys.exit(0 if is_same(sys.argv[2], sys.argv[3]) else 1)
        die_with(int(sys.argv[5]))
        copy(sys.argv[2], sys.argv[3], int(sys.argv[4], 8), is_early=sys.argv[6:] == ["early"])
    except OSError as error:
        sys.exit(str(error))
