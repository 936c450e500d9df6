from warehouse.tables.contract import HEX16, Contract, instant
from warehouse.without_sqlalchemy import dataframely as dy

RUN_STATES = ("running", "completed", "interrupted", "failed")


class Runs(Contract):
    """ops.runs: one execution of a flow."""

    TABLE = "ops.runs"
    GRAIN = "one execution of a flow"
    KEEPS = "last"  # written when it begins and again when it ends

    run_id = dy.String(primary_key=True, regex=HEX16, description="Key of the run.")
    flow = dy.String(description="Flow that ran, such as ingest_pages.")
    flow_run_url = dy.String(nullable=True, description="The run in the Prefect UI, where a server was configured.")
    state = dy.Enum(
        RUN_STATES, description="running until the end is written: a run that was killed stays so until the next one marks it interrupted."
    )
    started_at = instant("When the run began.")
    ended_at = instant("When it ended; null while it runs or if it was killed.", nullable=True)
    paths = dy.List(dy.String(), description="Paths that were given to it.")
    parameters = dy.String(description="Its other parameters, as JSON.")
    seen_count = dy.Int64(min=0, description="Pages met: read, or known from files that an earlier run has read.")
    loaded_count = dy.Int64(min=0, description="Pages whose article was loaded.")
    known_count = dy.Int64(min=0, description="Pages that the warehouse already had.")
    rejected_count = dy.Int64(min=0, description="Pages that were rejected; ops.rejects has the reasons.")
    version = dy.String(description="Broadsheet's version.")
    passed_over_count = dy.Int64(
        nullable=True, description="Files and records that are no pages and were passed over; null for runs that did not count them."
    )
    passed_over = dy.String(nullable=True, description='The same by reason, as JSON such as {"redirect": 3}; null as above.')
    extractor = dy.String(
        nullable=True, description="Code that decided what its rows say: broadsheet/x.y.z+hash trafilatura/x.y.z. The hash is over the "
        "code of restoration, dissection and shaping, lexicons, models and libraries; null in runs before it was recorded.",
    )  # fmt: skip
