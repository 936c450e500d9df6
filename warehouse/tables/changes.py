from warehouse.tables.contract import HEX16, Contract
from warehouse.tables.runs import Runs
from warehouse.without_sqlalchemy import dataframely as dy


class Changes(Contract):
    """ops.changes: what taking up a page again has changed in one of its fields."""

    TABLE = "ops.changes"
    GRAIN = "one field of one page that a later extractor says otherwise"
    PARENT = Runs

    run_id = dy.String(primary_key=True, regex=HEX16, description="Run that took the page up again; ops.runs.")
    page_id = dy.String(primary_key=True, regex=HEX16, description="The page; raw.pages.")
    table_name = dy.String(primary_key=True, min_length=1, description="Table of the field.")
    field = dy.String(primary_key=True, min_length=1, description="Column; * where rows as a whole came or went.")
    before = dy.String(nullable=True, description="What it said, as text; null where it said nothing.")
    after = dy.String(nullable=True, description="What it says now, as text; null where it says nothing.")
