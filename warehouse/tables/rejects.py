from warehouse.tables.contract import HEX16, LONG_TEXT, Contract, instant
from warehouse.without_sqlalchemy import dataframely as dy


class Rejects(Contract):
    """ops.rejects: one refused page or row, kept with its reason."""

    TABLE = "ops.rejects"
    GRAIN = "one refused page or row and one reason"
    RETOLD = ("detail",)  # the same refusal is one row; where it is of a page that was tried again, the last attempt speaks

    reject_id = dy.String(
        primary_key=True, regex=HEX16, description="Hash of source, offset, table, row key and reason: the same refusal is one row."
    )
    run_id = dy.String(regex=HEX16, description="Run that refused it first; ops.runs.")
    batch_id = dy.String(nullable=True, regex=HEX16, description="Batch it was in; ops.batches.")
    page_id = dy.String(nullable=True, regex=HEX16, description="The page, where it could be read far enough to have one.")
    url = dy.String(nullable=True, description="URL of the page where known.")
    source_uri = dy.String(description="File it came from, relative to the path ingested.")
    source_offset = dy.Int64(min=0, description="Where in that file.")
    table_name = dy.String(description="Table that the row was meant for; raw.pages where the page itself could not be read.")
    reason = dy.String(
        min_length=1, description="Short code of the reason, such as not_article:list_page, packed_truncated, deadline or expectation."
    )
    detail = dy.String(nullable=True, description="The reason in a sentence: what was expected and what came.")
    expectation = dy.String(nullable=True, description="Expectation that refused the row, where one did.")
    row_json = dy.String(nullable=True, metadata=LONG_TEXT, description="The refused row as JSON.")
    rejected_at = instant("When it was refused.")
    replayed_at = instant("When a later run took it up again with success; null while it stands.", nullable=True)
