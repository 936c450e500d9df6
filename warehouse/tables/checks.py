from warehouse.tables.batches import Batches
from warehouse.tables.contract import HEX16, Contract
from warehouse.without_sqlalchemy import dataframely as dy

SEVERITIES = ("info", "warning", "critical")


class Checks(Contract):
    """ops.checks: how one expectation fared on one batch."""

    TABLE = "ops.checks"
    GRAIN = "one expectation on one table of one batch"
    PARENT = Batches
    KEEPS = "last"  # a batch that was refused once is judged again by the next run

    batch_id = dy.String(primary_key=True, regex=HEX16, description="Batch that was judged; ops.batches.")
    table_name = dy.String(primary_key=True, description="Table that was judged.")
    expectation = dy.String(
        primary_key=True, description="Expectation with its columns, such as expect_column_values_to_not_be_null(title)."
    )
    run_id = dy.String(regex=HEX16, description="Run; ops.runs.")
    severity = dy.Enum(SEVERITIES, description="What a failure means: critical refuses rows or the batch, warning is only shown.")
    scope = dy.Enum(("row", "batch"), description="Whether it judges rows or the batch as a whole.")
    is_success = dy.Bool(description="Whether it was met by every row, or by the batch.")
    element_count = dy.Int64(min=0, description="Rows judged.")
    unexpected_count = dy.Int64(min=0, description="Rows that did not meet it.")
    unexpected_share = dy.Float64(min=0, max=1, description="unexpected_count divided by element_count.")
    observed = dy.String(nullable=True, description="What was observed: the value, or examples of unexpected ones.")
    notes = dy.String(nullable=True, description="Why the expectation exists.")
    docs_uri = dy.String(nullable=True, description="Its page in Data Docs, relative to the home folder.")
