"""The tables, one contract per file; TABLES is the explicit list in the order in which rows are loaded."""

from warehouse.tables.articles import Articles
from warehouse.tables.batches import Batches
from warehouse.tables.checks import Checks
from warehouse.tables.contract import Contract
from warehouse.tables.credits import Credits
from warehouse.tables.evidence import Evidence
from warehouse.tables.images import Images
from warehouse.tables.inputs import Inputs
from warehouse.tables.pages import Pages
from warehouse.tables.rejects import Rejects
from warehouse.tables.runs import Runs

TABLES: tuple[type[Contract], ...] = (
    Pages, Articles, Credits, Images, Evidence, Runs, Batches, Inputs, Rejects, Checks,
)

__all__ = [
    "TABLES", "Articles", "Batches", "Checks", "Contract", "Credits", "Evidence", "Images", "Inputs", "Pages",
    "Rejects", "Runs",
]
