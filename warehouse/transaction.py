"""One transaction around a block, and what the failures of DuckDB and of the disk mean to whoever runs the job."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.errors import BroadsheetError, StorageFailed, WarehouseUnusable

# DuckDB has no codes for what the operating system told it, only the text of strerror() and of its own checks.
CORRUPTION = (
    "corrupt",
    "replaying wal",
    "not a valid duckdb database file",
    "could not read enough bytes",
    "checksum",
    "failed to deserialize",
    "is a directory",
)
STORAGE_ERRORS = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG, errno.ESTALE)
FAILED_COMMIT = "failed to commit"  # of a TransactionException; with one of these words the disk is to blame for it
DISK_WORDS = ("could not ", *(os.strerror(number).lower() for number in OF_THE_DISK))
AGAIN = "Free space or repair the disk, then run the same command again: it resumes."


@contextmanager
def storage_failures() -> Iterator[None]:
    """Inside, what DuckDB or the system says of a full or broken disk is raised as StorageFailed, of a damaged file as
    WarehouseUnusable. Around all that a run does: there is no write after which the disk could not be full."""
    try:
        yield
    except duckdb.Error as error:
        if (failure := storage_failure(error)) is not None:
            raise failure from error
        raise
    except OSError as error:
        if error.errno not in OF_THE_DISK:
            raise
        what = error.filename or "what a run writes"
        raise StorageFailed(f"Expected the disk to take {what}, came: {error.strerror}. {AGAIN}") from error


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of the block or nothing of it.

    Raises StorageFailed where the disk refused, WarehouseUnusable where the file is damaged; anything else that the block
    raises passes through after the rollback.
    """
    try:
        con.execute("BEGIN TRANSACTION")
        yield
        con.execute("COMMIT")
    except duckdb.Error as error:
        _roll_back(con)
        if (failure := storage_failure(error)) is not None:
            raise failure from error
        raise
    except BaseException:  # Ctrl-C too: the rows of a half-written batch must not be committed by what comes next
        _roll_back(con)
        raise


def storage_failure(error: duckdb.Error) -> BroadsheetError | None:
    """The failure of disk or file that a DuckDB error stands for; None if it stands for neither."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return None
    text = str(error).lower()
    blames_disk = isinstance(error, duckdb.TransactionException) and FAILED_COMMIT in text and any(word in text for word in DISK_WORDS)
    if not blames_disk and not isinstance(error, STORAGE_ERRORS):
        return None
    if any(sign in text for sign in CORRUPTION):
        return WarehouseUnusable(f"Expected a sound warehouse file, came: {gist(error)}. {RESTORE}")
    return StorageFailed(f"The warehouse could not be written, and nothing of this batch was: {gist(error)}. {AGAIN}")


def tells_damage(error: duckdb.Error) -> bool:
    """Whether a file that is only read is to blame, not what was asked of it."""
    text = str(error).lower()
    if type(error) is duckdb.Error:  # of a lake whose PostgreSQL has gone in the middle of a query
        return True
    return isinstance(error, duckdb.IOException) or (isinstance(error, STORAGE_ERRORS) and any(sign in text for sign in CORRUPTION))


RESTORE = (
    "Move the folder loader/ under --home away and run again: the loader starts from the last snapshot "
    "(warehouse.duckdb) and reads again what came after it. Without a snapshot, everything is rebuilt from raw/."
)


def gist(error: Exception) -> str:
    """What DuckDB says, without the stack trace that it adds to its internal errors."""
    return str(error).splitlines()[0]


def _roll_back(con: duckdb.DuckDBPyConnection) -> None:
    try:
        con.execute("ROLLBACK")
    except duckdb.Error:
        return  # a failed COMMIT has rolled back already; a database that failed for good does not take statements
