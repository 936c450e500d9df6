from warehouse.tables.batches import Batches
from warehouse.tables.contract import HEX16, Contract
from warehouse.without_sqlalchemy import dataframely as dy


class Inputs(Contract):
    """ops.inputs: one stretch of one input file that a batch has met; what makes runs resumable."""

    TABLE = "ops.inputs"
    GRAIN = "one stretch of one input file, met by one batch"
    PARENT = Batches
    KEEPS = "last"  # a batch that was refused once is judged again by the next run

    input_key = dy.String(primary_key=True, regex=HEX16, description="Hash of the file's absolute path.")
    fingerprint = dy.String(
        primary_key=True, description="Size and modification time of the file when it was read: a changed file is read again."
    )
    start_offset = dy.Int64(primary_key=True, min=0, description="Where the stretch begins, in the source's own offsets.")
    end_offset = dy.Int64(min=0, description="Where it ends, exclusive; the file's end offset is the start of the next record.")
    is_last = dy.Bool(description="Whether the stretch reaches the end of the file.")
    page_count = dy.Int64(min=0, description="Pages in the stretch, rejected ones included.")
    batch_id = dy.String(regex=HEX16, description="Batch that met it last; ops.batches.")
    path = dy.String(description="The file, absolute.")
    passed_over = dy.String(
        nullable=True, description="Records of the stretch that are no pages, by reason, as JSON; null where they were not counted."
    )
    failed_attempts = dy.Int32(
        nullable=True,
        description="Null where the stretch is dealt with. "
        "Else its page could not be read, finished or survived so many times, and the next run tries it again.",
    )
