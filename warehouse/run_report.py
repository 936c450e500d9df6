"""What the Prefect UI shows of a run, asked of the loader's own file."""

from typing import Any

from warehouse.connection import Connection

UNMET = """
-- Grain   one expectation on one table that some batch of the run did not meet
SELECT table_name, expectation, severity, count(*) AS batch_count,
       sum(unexpected_count) AS unexpected_count, sum(element_count) AS element_count,
       any_value(notes) AS why, max(docs_uri) AS docs
FROM ops.checks
WHERE run_id = $run_id AND NOT is_success
GROUP BY ALL
ORDER BY severity, unexpected_count DESC
"""


def unmet_checks(con: Connection, run_id: str) -> list[dict[str, Any]]:
    """Expectations that were not met in a run, critical ones first."""
    result = con.execute(UNMET, {"run_id": run_id})
    names = [name for name, *_ in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
