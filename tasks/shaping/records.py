"""Records to frames in a contract's own dtypes, never guessed from the data: an empty batch has the same columns."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from tasks.sources.printable import storable
from warehouse.errors import ContractBroken
from warehouse.tables import Contract


def records_frame(records: Iterable[Mapping[str, Any]], contract: type[Contract], *, without: tuple[str, ...] = ()) -> pl.LazyFrame:
    """One row per record, with the contract's columns less those that expressions add afterwards. Raises ContractBroken."""
    schema = {name: column.dtype for name, column in contract.columns().items() if name not in without}
    rows = list(records)
    if rows and (missing := schema.keys() - rows[0].keys()):  # Polars would fill them with null
        raise ContractBroken(f"expected records of {contract.TABLE} with all of {', '.join(schema)}; came none with {', '.join(missing)}")
    try:
        return pl.LazyFrame(rows, schema=schema, orient="row")
    except UnicodeEncodeError:  # half an emoji, as scripts cut texts; asked of no other batch, since it takes as long as all of shaping
        return pl.LazyFrame(_storable(rows), schema=schema, orient="row")


def _storable(value: Any) -> Any:
    """The value with every text in it, however deep, without half pairs."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {key: _storable(inner) for key, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list | tuple) else value


def fields_of(record: Any) -> dict[str, Any]:
    """A slotted dataclass as a dict, one level deep: `dataclasses.asdict` copies all that is below, at ten times the cost."""
    return {name: getattr(record, name) for name in record.__slots__}
