"""The data dictionary, from the contracts: `python -m warehouse.dictionary` writes it, `--check` says whether it is stale."""

import sys
from pathlib import Path

import dataframely as dy
import duckdb

from warehouse.ddl import sql_type
from warehouse.lineage import lineage_section
from warehouse.marts import Mart, column_types, create_marts, marts
from warehouse.migrate import migrate
from warehouse.reject_reasons import PASSED_OVER, REASONS
from warehouse.tables import CONTRACTS
from warehouse.tables.contract import Contract, comment_of

TARGET = Path(__file__).parents[1] / "docs" / "data_dictionary.md"
HEAD = """# Data dictionary

Generated from the contracts in `warehouse/tables` by `python -m warehouse.dictionary`; do not edit.
The same words are in the warehouse: `SELECT * FROM duckdb_columns()` has them as `comment`.

All moments (`_at`) are TIMESTAMPTZ in UTC; `_count` counts, `_share` is 0..1, `is_` and `has_` are BOOLEAN, `_id` is a key.
"""


def dictionary() -> str:
    """The whole dictionary as Markdown."""
    contents = [f"- [{contract.TABLE}](#{contract.TABLE.replace('.', '')}): {contract.GRAIN}" for contract in CONTRACTS]
    contents += [f"- [{mart.name}](#{mart.name.replace('.', '')}): {mart.grain}" for mart in marts()]
    contents.append("- [Lineage](#lineage): from files to tables to marts")
    contents.append("- [Reasons of refusal](#reasons-of-refusal): what `ops.rejects.reason` can say")
    contents.append("- [Reasons of passing over](#reasons-of-passing-over): what `passed_over` of `ops.runs` and `ops.inputs` can say")
    return "\n".join(
        [HEAD, *contents, "", *(_section(contract) for contract in CONTRACTS), *_mart_sections(), lineage_section(), _reasons()]
    )


def _section(contract: type[Contract]) -> str:
    rows = [_line(name, column) for name, column in contract.columns().items()]
    says = comment_of(contract).removeprefix(f"{contract.TABLE}: ")
    return "\n".join([
        f"## {contract.TABLE}", "", f"{says[0].upper()}{says[1:]}", "", f"One row: {contract.GRAIN}.", "",
        "| column | type | null | meaning |", "|---|---|---|---|", *rows, "",
    ])  # fmt: skip


def _line(name: str, column: dy.Column) -> str:
    shown = f"**{name}**" if column.primary_key else name
    meaning = (column.description or "").replace("|", "\\|")
    if isinstance(column, dy.Enum):
        meaning += f" One of: {', '.join(f'`{category}`' for category in column.categories)}."
    return f"| {shown} | {sql_type(column.dtype)} | {'yes' if column.nullable else ''} | {meaning} |"


def _mart_sections() -> list[str]:
    """Marts are views, so their types are what DuckDB makes of them in an empty warehouse."""
    with duckdb.connect(":memory:") as con:
        migrate(con)
        create_marts(con)
        return [_mart_section(mart, column_types(con, mart)) for mart in marts()]


def _mart_section(mart: Mart, types: dict[str, str]) -> str:
    rows = [f"| {name} | {types[name]} | {meaning} |" for name, meaning in mart.columns.items()]
    return "\n".join([
        f"## {mart.name}", "", f"{mart.answers} A view: `{mart.file}`.", "", f"One row: {mart.grain}.", "",
        "| column | type | meaning |", "|---|---|---|", *rows, "",
    ])  # fmt: skip


def _reasons() -> str:
    rows = [f"| `{reason}` | {meaning} |" for reason, meaning in REASONS.items()]
    head = ["## Reasons of refusal", "", "What `ops.rejects.reason` can say.", "", "| reason | meaning |", "|---|---|"]
    passed = [f"| `{reason}` | {meaning} |" for reason, meaning in PASSED_OVER.items()]
    says = "What `passed_over` of `ops.runs` and `ops.inputs` can say: files and records that are no pages, and so no rejects."
    more = ["", "## Reasons of passing over", "", says, "", "| reason | meaning |", "|---|---|"]
    return "\n".join([*head, *rows, *more, *passed, ""])


def main(arguments: list[str]) -> int:
    """Write the dictionary, or with --check compare it; 1 if it is stale."""
    if arguments == ["--check"]:
        is_current = TARGET.is_file() and TARGET.read_text("utf-8") == dictionary()
        if not is_current:
            print(f"{TARGET.name} is not what the contracts say: run `python -m warehouse.dictionary`", file=sys.stderr)
        return 0 if is_current else 1
    TARGET.write_text(dictionary(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
