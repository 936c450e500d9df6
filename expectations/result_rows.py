"""Great Expectations' results as rows: of ops.checks, and of what was rejected."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from warehouse.errors import ContractBroken

EXAMPLES = 3
EXAMPLE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that one expectation refuses, and what the row has."""

    row_number: int
    expectation: str
    came: str


def label_of(expectation: Any) -> str:
    """expect_column_values_to_not_be_null(title): the expectation with its columns, as ops.checks and ops.rejects name it."""
    kwargs = expectation.configuration.kwargs
    columns = kwargs.get("column_list") or [kwargs[k] for k in ("column", "column_A", "column_B") if k in kwargs]
    return f"{expectation.expectation_type}({', '.join(columns)})"


def check_of(table_name: str, expectation: Any, outcome: Any, *, scope: str) -> dict[str, Any]:
    """A row of ops.checks without run_id, batch_id and docs_uri.

    Raises ContractBroken if the expectation could not be computed: GX does not raise, it reports that as a failure.
    """
    label = label_of(expectation)
    if (raised := _raised(outcome.exception_info)) is not None:
        raise ContractBroken(f"{label} on {table_name} could not be computed: {raised}. Its suite in expectations/ and the "
                             "contract in warehouse/tables disagree.")
    result = outcome.result
    rows = int(result.get("element_count") or 0)
    unexpected = int(result.get("unexpected_count") or 0)
    return {
        "table_name": table_name,
        "expectation": label,
        "severity": str(getattr(expectation.severity, "value", expectation.severity)),
        "scope": scope,
        "is_success": bool(outcome.success),
        "element_count": rows,
        "unexpected_count": unexpected,
        "unexpected_share": unexpected / rows if rows else 0.0,
        "observed": _observed(result),
        "notes": expectation.notes if isinstance(expectation.notes, str) else None,
    }


def unexpected_rows(label: str, outcome: Any, row_column: str) -> list[Finding]:
    """The rows that an expectation refuses. Of rows with the same key the first is not among them: it is the row."""
    found = [{**entry} for entry in outcome.result.get("unexpected_index_list") or []]
    if "unique" in label:
        found = _later_ones(found, row_column)
    return [Finding(int(entry.pop(row_column)), label, _shown(entry)) for entry in found]


def _later_ones(entries: list[dict[str, Any]], row_column: str) -> list[dict[str, Any]]:
    seen: set[tuple[Any, ...]] = set()
    later = []
    for entry in entries:
        key = tuple(value for name, value in entry.items() if name != row_column)
        later += [entry] if key in seen else []
        seen.add(key)
    return later


def rejected_rows(frame: pl.DataFrame, findings: Iterable[Finding], row_column: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frame without the rows that findings are about, and those rows with `expectation` and `detail`."""
    said = pl.DataFrame(
        [{row_column: f.row_number, "expectation": f.expectation, "detail": f"{f.expectation}, came {f.came}"} for f in findings],
        schema={row_column: pl.UInt32, "expectation": pl.String, "detail": pl.String},
    ).group_by(row_column, maintain_order=True).agg(pl.col("expectation").first(), pl.col("detail").str.join("; "))
    numbered = frame.with_row_index(row_column).with_columns(pl.col(row_column).cast(pl.UInt32))
    accepted = numbered.join(said, on=row_column, how="anti", maintain_order="left").drop(row_column)
    rejected = numbered.join(said, on=row_column, how="inner", maintain_order="left").drop(row_column)
    return accepted, rejected


def _raised(info: Any) -> str | None:
    """The message of what an expectation raised; GX gives one record, or one per metric."""
    if not info:
        return None
    records = [info] if "raised_exception" in info else list(info.values())
    return next((str(r.get("exception_message")) for r in records if r.get("raised_exception")), None)


def _observed(result: dict[str, Any]) -> str | None:
    if "observed_value" in result:
        return _cut(result["observed_value"])
    examples = (result.get("partial_unexpected_list") or [])[:EXAMPLES]
    return "; ".join(_cut(example) for example in examples) or None


def _shown(values: dict[str, Any]) -> str:
    return ", ".join(f"{name}={_cut(value)}" for name, value in values.items())


def _cut(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= EXAMPLE_CHARS else text[:EXAMPLE_CHARS] + "…"
