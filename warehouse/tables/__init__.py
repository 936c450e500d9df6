"""The tables, one contract per file of this folder.

CONTRACTS has every one that a file here declares, parents first; TABLES those that a load writes, in the order in which it
writes; PAGE_FAMILY those of a page: raw.pages and what hangs on it. What many files ask for by name is imported here for them.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from warehouse.tables.articles import Articles
from warehouse.tables.batches import Batches
from warehouse.tables.changes import Changes
from warehouse.tables.checks import Checks
from warehouse.tables.contract import Contract, lineage
from warehouse.tables.credits import Credits
from warehouse.tables.evidence import Evidence
from warehouse.tables.images import Images
from warehouse.tables.inputs import Inputs
from warehouse.tables.listing_items import ListingItems
from warehouse.tables.migrations import Migrations
from warehouse.tables.pages import Pages
from warehouse.tables.rejects import Rejects
from warehouse.tables.repairs import Repairs
from warehouse.tables.runs import Runs
from warehouse.tables.snapshot import Snapshot
from warehouse.tables.statements import Statements

SCHEMAS = ("raw", "core", "ops")


def _declared() -> Iterator[type[Contract]]:
    """The contracts that the files of this folder declare."""
    for file in iter_modules(__path__, f"{__name__}."):
        for found in vars(import_module(file.name)).values():
            if isinstance(found, type) and issubclass(found, Contract) and found is not Contract and found.__module__ == file.name:
                yield found


def _place(contract: type[Contract]) -> list[tuple[int, str]]:
    """Sorts a table behind those that it hangs on, and before the next family."""
    return [(SCHEMAS.index(table.TABLE.split(".")[0]), table.TABLE) for table in lineage(contract)]


CONTRACTS: tuple[type[Contract], ...] = tuple(sorted(_declared(), key=_place))
TABLES: tuple[type[Contract], ...] = tuple(contract for contract in CONTRACTS if contract is not Migrations)
PAGE_FAMILY: tuple[type[Contract], ...] = tuple(contract for contract in TABLES if Pages in lineage(contract))

__all__ = [
    "CONTRACTS",
    "PAGE_FAMILY",
    "TABLES",
    "Articles",
    "Batches",
    "Changes",
    "Checks",
    "Contract",
    "Credits",
    "Evidence",
    "Images",
    "Inputs",
    "ListingItems",
    "Migrations",
    "Pages",
    "Rejects",
    "Repairs",
    "Runs",
    "Snapshot",
    "Statements",
]
