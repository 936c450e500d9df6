"""Where rows come from: files become tables, tables marts and macros. What these read is asked of their query, not of who wrote it."""

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from warehouse.errors import ContractBroken
from warehouse.marts import Mart, everything, macros
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS, Migrations

FILES = "files"  # in the drawing: what runs are given
SAYS = (
    "From what a run is given to what analysts ask: the rows of a table hang on what stands before it, and a mart or a macro that gives a "
    "table is a view of that."
)
NO_SOURCE = (Migrations,)  # is of the warehouse itself


def lineage_section() -> str:
    """A drawing for readers that know Mermaid, such as GitHub, and the same as a table, for all."""
    edges = list(_edges())
    targets: dict[str, list[str]] = {}
    for origin, target in edges:
        targets.setdefault(origin, []).append(target)
    return "\n".join([
        "## Lineage", "", SAYS, "", "```mermaid", "flowchart LR",
        *(f"    {_node(origin)} --> {_node(target)}" for origin, target in edges),
        "```", "", "| from | to |", "|---|---|", *(f"| {origin} | {', '.join(found)} |" for origin, found in targets.items()), "",
    ])  # fmt: skip


def reads_of(mart: Mart) -> set[str]:
    """Tables, marts and macros that its query reads, as DuckDB parses it."""
    query = f"SELECT {mart.query}" if mart.kind == "MACRO" else mart.query
    with duckdb.connect(":memory:") as con:
        parsed = json.loads(con.execute(f"SELECT json_serialize_sql({literal(query)})").fetchall()[0][0])
    if parsed["error"]:
        raise ContractBroken(f"expected {mart.file} to hold a query that DuckDB can parse, came: {parsed['error_message']}")
    return set(_read_in(parsed))


def _edges() -> Iterator[tuple[str, str]]:
    for contract in CONTRACTS:
        if contract not in NO_SOURCE:
            yield (contract.PARENT.TABLE if contract.PARENT else FILES), contract.TABLE
    values = {macro.name for macro in macros() if macro.kind == "MACRO"}
    for mart in everything():
        if mart.name not in values:
            yield from ((name, mart.name) for name in sorted(reads_of(mart) - values))


def _read_in(tree: Any) -> Iterator[str]:
    """Tables with their schema, since those without are of the query itself, and functions that are macros of ours."""
    if isinstance(tree, dict):
        if tree.get("type") == "BASE_TABLE" and tree["schema_name"]:
            yield f"{tree['schema_name']}.{tree['table_name']}"
        elif tree.get("type") == "FUNCTION" and (name := _name(tree)) in {macro.name for macro in macros()}:
            yield name
        for value in tree.values():
            yield from _read_in(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _read_in(value)


def _name(function: dict[str, Any]) -> str:
    return f"{function['schema']}.{function['function_name']}".removeprefix(".")


def _node(name: str) -> str:
    """Mermaid's name of a node has no dot, its label may."""
    return f'{name.replace(".", "_")}["{name}"]'
