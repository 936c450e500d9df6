"""The data dictionary for readers, from the contracts, marts and macros: `python -m warehouse.dictionary` writes it, `--check` says whether
it is stale. Its rows are those of `FROM dictionary` (warehouse/dictionary_rows.py)."""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import duckdb

from warehouse.dictionary_rows import Described, entries
from warehouse.lineage import lineage_section
from warehouse.marts import create_marts, everything
from warehouse.migrate import migrate
from warehouse.reject_reasons import PASSED_OVER, REASONS
from warehouse.tables import CONTRACTS

TARGET = Path(__file__).parents[1] / "docs" / "data_dictionary.md"
HEAD = """# Data dictionary

Generated from the contracts in `warehouse/tables` and the files of `warehouse/marts` and `warehouse/macros` by
`python -m warehouse.dictionary`; do not edit. The same is in the warehouse, as comments and as rows: `FROM dictionary`.
[cookbook.md](cookbook.md) has questions with their SQL.

Names tell units: all moments (`_at`) are TIMESTAMPTZ in UTC, days end in `_on`; `_count` counts, `_share` is 0..1, `is_` and `has_` are
BOOLEAN, `_id` is a key. Columns in bold are the key of a table. Examples are made up.
"""


def dictionary() -> str:
    """The whole dictionary as Markdown."""
    rows = _rows()
    contents = [
        f"- [{_name(row)}](#{_name(row).replace('.', '')}): {row.meaning.partition(' Grain: ')[0]}"
        for row in rows
        if row.column_name is None
    ]
    contents.append("- [Lineage](#lineage): from files to tables to marts")
    contents.append("- [Reasons of refusal](#reasons-of-refusal): what `ops.rejects.reason` can say")
    contents.append("- [Reasons of passing over](#reasons-of-passing-over): what `passed_over` of `ops.runs` and `ops.inputs` can say")
    sections = ("\n".join(_section(name, list(of_it))) for name, of_it in groupby(rows, _name))
    return "\n".join([HEAD, *contents, "", *sections, lineage_section(), _reasons()])


def _rows() -> list[Described]:
    """Marts are views, so their types are what DuckDB makes of them in an empty warehouse."""
    with duckdb.connect(":memory:") as con:
        migrate(con)
        return entries(create_marts(con))


def _name(row: Described) -> str:
    return f"{row.schema_name}.{row.table_name}".removeprefix("main.")


def _section(name: str, rows: list[Described]) -> Iterator[str]:
    itself, *others = rows
    keys = {f"{contract.TABLE}.{key}" for contract in CONTRACTS for key in contract.primary_key()}
    nullable = {f"{contract.TABLE}.{each}" for contract in CONTRACTS for each, column in contract.columns().items() if column.nullable}
    file = next((f"; `{mart.file}`" for mart in everything() if mart.name == name), "")
    yield from (f"## {name}", "", f"{itself.meaning} A {itself.kind}{file}.", "", "```sql", itself.example or "", "```", "")
    if parameters := [row for row in others if row.is_parameter]:
        yield from ("| parameter | meaning |", "|---|---|", *(f"| {row.column_name} | {row.meaning} |" for row in parameters), "")
    if columns := [row for row in others if not row.is_parameter]:
        yield from ("| column | type | unit | meaning | example |", "|---|---|---|---|---|")
        yield from (_line(row, f"{name}.{row.column_name}" in keys, f"{name}.{row.column_name}" in nullable) for row in columns)
        yield ""


def _line(row: Described, is_key: bool, is_nullable: bool) -> str:
    shown = f"**{row.column_name}**" if is_key else row.column_name
    meaning = row.meaning + (f" One of: {', '.join(f'`{value}`' for value in row.enum_values)}." if row.enum_values else "")
    example = f"`{row.example}`" if row.example else ""
    cells = (shown, f"{row.type}{' or null' if is_nullable else ''}", row.unit or "", meaning, example)
    return f"| {' | '.join((cell or '').replace('|', chr(92) + '|') for cell in cells)} |"


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
