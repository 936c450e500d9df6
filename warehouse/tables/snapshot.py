from warehouse.tables.contract import HEX16, Contract, instant
from warehouse.without_sqlalchemy import dataframely as dy


class Snapshot(Contract):
    """ops.snapshot: which published state of the warehouse this file is."""

    TABLE = "ops.snapshot"
    GRAIN = "which published state of the warehouse this file is: one row"

    snapshot_id = dy.String(
        primary_key=True,
        min_length=1,
        description="Name of the state, to be cited: when it was published, in UTC, and a mark that no other has.",
    )
    published_at = instant("Moment of its publication.")
    run_id = dy.String(nullable=True, regex=HEX16, description="Newest run that it has; ops.runs. Null before the first.")
    page_count = dy.Int64(min=0, description="Rows of raw.pages.")
    article_count = dy.Int64(min=0, description="Rows of core.articles.")
    listing_item_count = dy.Int64(min=0, description="Rows of core.listing_items.")
    definitions = dy.String(description="Hash of the files that its views are made of.")
    version = dy.String(description="Version of Broadsheet that published it.")
