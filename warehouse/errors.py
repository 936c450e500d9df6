"""Everything that can go wrong, and the exit code that says so.

BroadsheetError                                                           exit 1
├── SettingsInvalid     stop    before any work                           exit 2
├── QueryInvalid        stop    a query that DuckDB refuses               exit 2
├── SnapshotUnknown     stop    no published state of that name or moment exit 2
├── SourceUnreadable    retry   the path, the network or the disk may heal exit 10
├── BatchRefused        stop    the batch as a whole is not credible      exit 11
├── ContractBroken      stop    our code and a contract disagree          exit 12
├── WarehouseBusy       wait    another process is loading                exit 13
├── WarehouseUnusable   stop    corrupt, or written by a newer version    exit 14
├── NothingLoaded       look    every page was rejected: ops.rejects      exit 15
├── StorageFailed       retry   the disk is full or refuses to write      exit 16
├── SnapshotLocked      wait    someone has opened it for writing         exit 17
├── OrchestratorUnreachable  retry  Prefect's server does not answer      exit 18
├── WorkersUnusable     stop    no worker process can be started          exit 19
├── ClusterUnusable     retry   no head, no machine, or one of another build exit 20
└── CatalogUnreachable  retry   the PostgreSQL of a lake does not answer  exit 21

Interrupted by Ctrl-C or SIGTERM: exit 130. Every message says what was expected, what came, and what to do next.
A bad page is none of these: it is a row in ops.rejects.
"""


class BroadsheetError(Exception):
    """Root of the tree; `exit_code` is what the command line returns for it."""

    exit_code = 1


class SettingsInvalid(BroadsheetError):
    exit_code = 2


class QueryInvalid(BroadsheetError):
    exit_code = 2


class SnapshotUnknown(BroadsheetError):
    exit_code = 2


class SourceUnreadable(BroadsheetError):
    exit_code = 10


class BatchRefused(BroadsheetError):
    exit_code = 11


class ContractBroken(BroadsheetError):
    exit_code = 12


class WarehouseBusy(BroadsheetError):
    exit_code = 13


class WarehouseUnusable(BroadsheetError):
    exit_code = 14


class NothingLoaded(BroadsheetError):
    exit_code = 15


class StorageFailed(BroadsheetError):
    exit_code = 16


class SnapshotLocked(BroadsheetError):
    exit_code = 17


class OrchestratorUnreachable(BroadsheetError):
    exit_code = 18


class WorkersUnusable(BroadsheetError):
    exit_code = 19


class ClusterUnusable(BroadsheetError):
    exit_code = 20


class CatalogUnreachable(BroadsheetError):
    exit_code = 21
