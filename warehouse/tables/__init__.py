"""The tables, one contract per file.

TABLES lists what a load writes, in the order in which it writes; CONTRACTS adds what the warehouse keeps about itself.
"""

from warehouse.tables.articles import Articles
from warehouse.tables.batches import Batches
from warehouse.tables.checks import Checks
from warehouse.tables.contract import Contract
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
from warehouse.tables.statements import Statements

TABLES: tuple[type[Contract], ...] = (
    Pages,
    Articles,
    Credits,
    Images,
    ListingItems,
    Statements,
    Evidence,
    Repairs,
    Runs,
    Batches,
    Inputs,
    Rejects,
    Checks,
)
CONTRACTS: tuple[type[Contract], ...] = (*TABLES, Migrations)

__all__ = [
    "CONTRACTS",
    "TABLES",
    "Articles",
    "Batches",
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
    "Statements",
]
