"""Records to frames in a contract's own dtypes, never guessed from the data: an empty batch has the same columns."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from warehouse.errors import ContractBroken
from warehouse.tables import Contract


def records_frame(records: Iterable[Mapping[str, Any]], contract: type[Contract], *, without: tuple[str, ...] = ()) -> pl.LazyFrame:
    """One row per record, with the contract's columns less those that expressions add afterwards. Raises ContractBroken."""
    schema = {name: column.dtype for name, column in contract.columns().items() if name not in without}
    rows = list(records)
    if rows and (missing := schema.keys() - rows[0].keys()):  # Polars would fill them with null
        raise ContractBroken(f"expected records of {contract.TABLE} with all of {', '.join(schema)}; came none with {', '.join(missing)}")
    return pl.LazyFrame(rows, schema=schema, orient="row")


def fields_of(record: Any) -> dict[str, Any]:
    """A slotted dataclass as a dict, one level deep: `dataclasses.asdict` copies all that is below, at ten times the cost."""
    return {name: getattr(record, name) for name in record.__slots__}
