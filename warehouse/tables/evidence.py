from warehouse.tables.contract import HEX16, Contract
from warehouse.tables.pages import Pages
from warehouse.without_sqlalchemy import dataframely as dy


class Evidence(Contract):
    """core.evidence: why one field of one page has the value it has."""

    TABLE = "core.evidence"
    GRAIN = "one field of one page, rejected pages included"
    PARENT = Pages
    HAS_KEY_INDEX = False  # DuckDB keeps indexes in memory as a whole, and this one is 0.9 kB a page: 1 GB at a million

    page_id = dy.String(primary_key=True, regex=HEX16, description="The page; raw.pages.")
    field = dy.String(
        primary_key=True, min_length=1, description="Field the evidence is for, such as title, published_at, authors or page_kind."
    )
    value = dy.String(nullable=True, description="Value that was taken, as text; null where no candidate was good enough.")
    source = dy.String(nullable=True, description="Name of the candidate that won.")
    reason = dy.String(nullable=True, description="Why it won, or why nothing did.")
    candidates = dy.List(
        dy.Struct(
            {
                "source": dy.String(description="Name of the candidate: where it stands on the page."),
                "value": dy.String(nullable=True, description="What it says, cut to 500 characters."),
                "verdict": dy.String(description="won, agrees, lost, or why it was refused."),
            }
        ),
        description="Every candidate in the order of trust: STRUCT(source, value, verdict).",
    )
    extractor = dy.String(description="Code that decided, as in ops.runs.extractor: broadsheet/x.y.z+hash trafilatura/x.y.z.")
    run_id = dy.String(regex=HEX16, description="Run that loaded the row; ops.runs.")
