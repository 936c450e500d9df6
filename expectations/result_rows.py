"""Great Expectations' results as rows: of ops.checks, and of what was rejected."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import polars as pl

from expectations.promises import broken, came, promises_of
from expectations.words import wanted, why
from warehouse.errors import ContractBroken

ROW = "row_number"  # names rows even where their key is null or there twice
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Objection:
    """One row that one expectation refuses: `detail` is what was expected and what came, `why` what the expectation's notes say of it."""

    row_number: int
    expectation: str
    detail: str
    why: str = ""


def label_of(configuration: Any) -> str:
    """expect_column_values_to_not_be_null(title): the expectation with its columns, as ops.checks and ops.rejects name it."""
    return f"{configuration.type}({subject_of(configuration)})"


def subject_of(configuration: Any) -> str:
    """What an expectation is about: its columns, or the table whose contract it is."""
    kwargs = configuration.kwargs
    columns = kwargs.get("column_list") or [kwargs[k] for k in ("column", "column_A", "column_B") if k in kwargs]
    return str(kwargs.get("table_name") or ", ".join(columns))


def check_of(table_name: str, expectation: Any, outcome: Any, *, scope: str, rows: int) -> dict[str, Any]:
    """A row of ops.checks without run_id, batch_id and docs_uri.

    Raises ContractBroken if the expectation could not be computed: GX does not raise, it reports that as a failure.
    """
    label = label_of(outcome.expectation_config)
    if (raised := _raised(outcome.exception_info)) is not None:
        raise ContractBroken(
            f"{label} on {table_name} could not be computed: {raised}. Its suite in expectations/ and the "
            "contract in warehouse/tables disagree."
        )
    result = outcome.result
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


def objections_of(outcome: Any, frame: pl.DataFrame) -> list[Objection]:
    """The rows of `frame` that a row rule refuses. Of rows with the same key the first is not among them: it is the row."""
    configuration = outcome.expectation_config
    label, table_name = label_of(configuration), configuration.kwargs.get("table_name")
    entries = [dict(entry) for entry in outcome.result.get("unexpected_index_list") or []]
    if "unique" in configuration.type:
        entries = _later_ones(entries)
    if table_name:
        return [Objection(entry[ROW], label, _broken(table_name, frame.row(entry[ROW], named=True))) for entry in entries]
    notes = configuration.notes if isinstance(configuration.notes, str) else None
    return [Objection(entry[ROW], label, _said(configuration, entry), why(notes, list(_values(entry).values()))) for entry in entries]


def examples(said: Iterable[str]) -> str | None:
    """The first few of what was said, each once."""
    return "; ".join(islice(dict.fromkeys(said), EXAMPLES)) or None


def split_rows(frame: pl.DataFrame, objections: Iterable[Objection]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that no finding is about, and the others with `expectation`, the first, and `detail`, all that was said."""
    records = [
        {ROW: f.row_number, "expectation": f.expectation, "detail": f"{f.detail}: {f.why}" if f.why else f.detail} for f in objections
    ]
    said = (
        pl.DataFrame(records, schema={ROW: pl.UInt32, "expectation": pl.String, "detail": pl.String})
        .group_by(ROW, maintain_order=True)
        .agg(pl.col("expectation").first(), pl.col("detail").str.join("; "))
    )
    numbered = frame.with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.UInt32))
    accepted = numbered.join(said, on=ROW, how="anti", maintain_order="left").drop(ROW)
    rejected = numbered.join(said, on=ROW, how="inner", maintain_order="left").drop(ROW)
    return accepted, rejected


def _later_ones(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: set[tuple[Any, ...]] = set()
    later = []
    for entry in sorted(entries, key=lambda e: int(e[ROW])):
        key = tuple(value for name, value in entry.items() if name != ROW)
        later += [entry] if key in seen else []
        seen.add(key)
    return later


def _raised(info: Any) -> str | None:
    """The message of what an expectation raised; GX gives one record, or one per metric."""
    if not info:
        return None
    records = [info] if "raised_exception" in info else list(info.values())
    return next((str(r.get("exception_message")) for r in records if r.get("raised_exception")), None)


def _observed(result: dict[str, Any]) -> str | None:
    if "observed_value" in result:
        return came(result["observed_value"])
    return examples(came(value) for value in result.get("partial_unexpected_list") or [])


def _broken(table_name: str, row: dict[str, Any]) -> str:
    return "; ".join(broken(promises_of(table_name), row))


def _values(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != ROW}


def _said(configuration: Any, entry: dict[str, Any]) -> str:
    values = ", ".join(f"{name}={came(value)}" for name, value in _values(entry).items())
    return f"{subject_of(configuration)}: expected {wanted(configuration)}, came {values}"
