from warehouse.tables.contract import HEX16, Contract, instant
from warehouse.tables.runs import Runs
from warehouse.without_sqlalchemy import dataframely as dy

BATCH_STATES = ("loaded", "refused")


class Batches(Contract):
    """ops.batches: one unit of work of a run; its row is written in the transaction that loads its pages."""

    TABLE = "ops.batches"
    GRAIN = "one batch of pages"
    PARENT = Runs
    KEEPS = "last"  # a batch that was refused once is judged again by the next run

    batch_id = dy.String(primary_key=True, regex=HEX16, description="Key of the batch: hash of its run and its number.")
    run_id = dy.String(regex=HEX16, description="Run that loaded or refused it; ops.runs.")
    name = dy.String(description="Name as the Prefect UI shows it.")
    state = dy.Enum(BATCH_STATES, description="loaded, or refused as a whole: ops.checks says by which expectation.")
    started_at = instant("When its dissection began.")
    ended_at = instant("When it was loaded or refused.")
    seen_count = dy.Int64(min=0, description="Pages in it.")
    loaded_count = dy.Int64(min=0, description="Pages whose article was loaded.")
    known_count = dy.Int64(min=0, description="Pages that the warehouse already had.")
    rejected_count = dy.Int64(min=0, description="Pages rejected.")
    byte_count = dy.Int64(min=0, description="Payload bytes read.")
    attempt_count = dy.Int32(min=1, description="Times its dissection was tried: more than 1 after a worker died.")
    dissect_seconds = dy.Float64(min=0, description="Seconds in the worker to extract: read, restore, dissect and pack.")
    shape_seconds = dy.Float64(nullable=True, description="Seconds in the worker to transform; null in batches loaded before it was told.")
    judge_seconds = dy.Float64(nullable=True, description="Seconds in the worker to validate and stage; null as above.")
