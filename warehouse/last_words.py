"""What is said where DuckDB ends the whole process.

Where a disk refuses twice, a commit and then its undoing, DuckDB 1.5.5 throws an exception out of a destructor, and C++ answers
that with abort(): no exception reaches Python. All that can be done is to say so and to leave with the code for a failed disk. So it is
where PostgreSQL goes away from an open transaction, of which a ROLLBACK is then tried by a destructor.
"""

import ctypes
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from warehouse.errors import StorageFailed

WORDS: Final = (
    "broadsheet: the warehouse could not be written, and nothing of this batch was: a commit failed, and so did undoing it. "
    "Free space or repair the disk under --home, then run the same command again: it resumes.\n"
)
WORDS_OF_A_LAKE: Final = (
    "broadsheet: PostgreSQL went away in the middle of a transaction, and nothing of it was committed, or all. "
    "Start it, then run the same command again: it resumes.\n"
)
_now = [(WORDS, StorageFailed.exit_code)]


def _leave(_signal: int) -> None:
    words, exit_code = _now[-1]
    os.write(2, words.encode("ascii"))
    os._exit(exit_code)


_LEAVE: Final = ctypes.CFUNCTYPE(None, ctypes.c_int)(_leave)  # kept for as long as C may call it


@contextmanager
def last_words(words: str = WORDS, exit_code: int = StorageFailed.exit_code) -> Iterator[None]:
    """Inside, an abort() of this process becomes `words` and `exit_code`. DuckDB works without the interpreter's lock, so that
    the handler gets it. Not by the module signal: its handlers run later, and after an abort there is no later."""
    system = ctypes.CDLL(None).signal
    system.restype, system.argtypes = ctypes.c_void_p, (ctypes.c_int, ctypes.c_void_p)
    before = system(signal.SIGABRT, ctypes.cast(_LEAVE, ctypes.c_void_p))
    _tell_in_words_of_ours()
    _now.append((words, exit_code))
    try:
        yield
    finally:
        _now.pop()
        system(signal.SIGABRT, before)


def _tell_in_words_of_ours() -> None:
    """Have std::terminate() go to abort() at once, where it would print the name of a C++ class first."""
    try:
        set_terminate = ctypes.CDLL("libstdc++.so.6")._ZSt13set_terminatePFvvE  # its name in the ABI of gcc
    except (OSError, AttributeError):
        return  # another C++ library: its words come before ours
    set_terminate.restype, set_terminate.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
    set_terminate(ctypes.cast(ctypes.CDLL(None).abort, ctypes.c_void_p))
