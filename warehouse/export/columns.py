"""A column as it is exported: how it is written in each format, and how a data package describes it."""

import re
from dataclasses import dataclass
from typing import Any

from warehouse.csv_cells import safe_cell_sql, safe_json_sql
from warehouse.export.order import Format
from warehouse.units import unit_of
from warehouse.without_sqlalchemy import dataframely as dy

# https://datapackage.org/standard/table-schema/#field-types
_INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT"}
_KINDS = {
    "BOOLEAN": "boolean", "FLOAT": "number", "DOUBLE": "number", "DATE": "date", "TIME": "time", "JSON": "object",
    "TIMESTAMP": "datetime", "TIMESTAMP WITH TIME ZONE": "datetime",
}  # fmt: skip
_PLAIN = {"BLOB": "binary", "UUID": "uuid"}  # formats of the kind string


@dataclass(frozen=True, slots=True)
class ExportedColumn:
    """`sql_type` is DuckDB's; `declared`: what the contract says, None where there is none."""

    name: str
    sql_type: str
    description: str = ""
    declared: dy.Column | None = None

    @property
    def quoted(self) -> str:
        return '"' + self.name.replace('"', '""') + '"'

    @property
    def kind(self) -> str:
        """The field type of a table schema."""
        if self.sql_type.endswith("]"):
            return "array"
        if self.sql_type.startswith(("STRUCT", "MAP", "UNION")):
            return "object"
        if self.sql_type.startswith("DECIMAL"):
            return "number"
        return "integer" if self.sql_type in _INTEGERS else _KINDS.get(self.sql_type, "string")

    def written(self, kind: Format, *, is_raw: bool) -> str:
        """SQL for its values as the format has them."""
        if kind == "parquet":  # which has no integer of 128 bits: DuckDB would write a DOUBLE
            return f"{self.quoted}::DECIMAL(38, 0)" if self.sql_type in ("HUGEINT", "UHUGEINT") else self.quoted
        if self.kind == "datetime":
            return _iso(self.quoted, self.sql_type)
        if self.sql_type == "BLOB":
            return f"base64({self.quoted})"
        if self.sql_type in ("DOUBLE", "FLOAT"):
            return _number(self.quoted, kind)
        if kind == "jsonl":
            return self.quoted
        if self.kind in ("array", "object"):
            text = f"to_json({self.quoted})::VARCHAR"
            return text if is_raw else safe_json_sql(f"({text})")
        return safe_cell_sql(self.quoted) if self.sql_type == "VARCHAR" and not is_raw else self.quoted

    def field(self, kind: Format) -> dict[str, Any]:
        """As a data package describes it."""
        told: dict[str, Any] = {"name": self.name, "type": self.kind}
        told |= {"format": _PLAIN[self.sql_type]} if self.sql_type in _PLAIN else {}
        told |= {"description": self.description} if self.description else {}
        told |= {"unit": unit} if (unit := unit_of(self.name, self.sql_type)) else {}
        constraints = dict(_constraints(self.declared, kind)) if self.declared is not None else {}
        return told | {"sqlType": self.sql_type} | ({"constraints": constraints} if constraints else {})


def _iso(column: str, sql_type: str) -> str:
    """ISO 8601, a moment in UTC with its Z, a fraction only where there is one."""
    moment, zone = (f"timezone('UTC', {column})", "Z") if sql_type.endswith("ZONE") else (f"{column}::TIMESTAMP", "")
    whole, parted = (f"strftime({moment}, '%Y-%m-%dT%H:%M:%S{fraction}{zone}')" for fraction in ("", ".%f"))
    return f"if(epoch_us({moment}) % 1000000 = 0, {whole}, {parted})"


def _number(column: str, kind: Format) -> str:
    """JSON has no words for what is no finite number, a table schema has some for CSV."""
    if kind == "jsonl":
        return f"CASE WHEN isfinite({column}) THEN {column} END"
    return f"CASE WHEN isnan({column}) THEN 'NaN' WHEN isinf({column}) THEN if({column} > 0, 'INF', '-INF') ELSE {column}::VARCHAR END"


def _constraints(column: dy.Column, kind: Format) -> list[tuple[str, Any]]:
    """What a contract promises of every value, in the words of a table schema."""
    least = column.min_length if isinstance(column, dy.String) else None
    is_empty_possible = kind == "csv" and isinstance(column, dy.String) and not least and column.regex is None
    promised = [
        ("required", (not column.nullable and not is_empty_possible) or None),  # a reader of CSV may take an empty text for none
        ("enum", list(column.categories) if isinstance(column, dy.Enum) else None),
        ("pattern", re.sub(r"^\^|\$$", "", column.regex) if isinstance(column, dy.String) and column.regex else None),
        ("minLength", least),
        ("maxLength", column.max_length if isinstance(column, dy.String) else None),
        ("minimum", getattr(column, "min", None)),
        ("maximum", getattr(column, "max", None)),
    ]
    return [(name, value) for name, value in promised if value is not None]
