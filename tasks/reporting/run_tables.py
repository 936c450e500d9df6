"""Tables of one run for the Prefect UI: few columns, the short ones first, texts cut so that a row is read at 1400 px."""

from collections.abc import Mapping, Sequence

from tasks.reporting.cells import SHOWN_CHARS, as_code, shortened

Row = Mapping[str, object]
DOCS_FOLDER = "data_docs/"  # what ops.checks.docs_uri begins with: it is relative to the home folder
OF_EXPECTATIONS = ("expect_column_values_to_", "expect_column_", "expect_")  # what all their names begin with


def reject_rows(rejects: Sequence[Row]) -> list[dict[str, object]]:
    """How often, why, and one of them, with the key that `broadsheet rejects show` takes."""
    return [
        {
            "rejected": row["reject_count"],
            "reason": shortened(str(row["reason"]), SHOWN_CHARS),
            "for example": as_code(str(row["example"]), SHOWN_CHARS),
            "its id": as_code(str(row["reject_id"])),
        }
        for row in rejects
    ] or [{"result": "Nothing was rejected"}]  # an empty table would read as if nobody had counted


def check_rows(unmet: Sequence[Row], judged: int, docs_url: str | None) -> list[dict[str, object]]:
    """Expectations that were not met, worst first; why each is expected is on its page of Data Docs, served at `docs_url`."""
    return [_check_row(row, docs_url) for row in unmet] or [{"result": verdict(0, judged)}]


def verdict(unmet: int, judged: int) -> str:
    """How the run was judged, in a sentence."""
    if not judged:
        return "No batch was judged: nothing was new"
    return f"Expectations not met: {unmet}" if unmet else f"Every expectation was met: {judged} of {judged}"


def _check_row(row: Row, docs_url: str | None) -> dict[str, object]:
    """How bad, where, how much, what, and what was seen or, without a page of Data Docs, why it is expected."""
    docs_uri = str(row["docs_uri"] or "")
    name = str(row["expectation"])
    for beginning in OF_EXPECTATIONS:
        name = name.removeprefix(beginning)
    label = shortened(name, SHOWN_CHARS)
    return {
        "severity": row["severity"],
        "table": row["table_name"],
        "rows": row["unexpected_count"],
        "not met": f"[{label}]({docs_url}/{docs_uri.removeprefix(DOCS_FOLDER)})" if docs_url and docs_uri else as_code(label),
        "observed": as_code(str(row["observed"] or ""), SHOWN_CHARS),
    }
