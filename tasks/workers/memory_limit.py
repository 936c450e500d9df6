"""A page may take so much memory and no more: what asks for too much gets a MemoryError, and only that page is refused.

What is limited is what a process has of its own and can write (RLIMIT_DATA), not its address space: libraries map files, and allocators
set aside addresses, of which they use little. macOS keeps no such limit.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAGE_BYTES = resource.getpagesize()
_STATM = Path("/proc/self/statm")
_DATA = 5  # field of statm: pages of data and stack


@contextmanager
def memory_limit(megabytes: int) -> Iterator[None]:
    """Allocations fail in the block once the process has taken so much more than it had when the block began.

    Beyond what it had then, since a worker keeps what the pages before have left in its allocators. The limit ends with the block:
    shaping and judging are ours, and what Rust and C++ cannot allocate there ends the process.
    """
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _data_bytes() + megabytes * 2**20
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, hard))


def _data_bytes() -> int:
    """What counts for the limit; nothing where the system does not tell, as it then keeps none either."""
    return int(_STATM.read_text().split()[_DATA]) * PAGE_BYTES if _STATM.exists() else 0
