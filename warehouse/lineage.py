"""Where rows come from: files become tables, tables become marts. What a mart reads is asked of its query, not of who wrote it."""

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from warehouse.marts import Mart, marts
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS, Migrations

FILES = "files"  # in the drawing: what runs are given
SAYS = "From what a run is given to what analysts ask: the rows of a table hang on what stands before it, and a mart is a view of that."
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
    """Tables and marts that its query reads, as DuckDB parses it."""
    with duckdb.connect(":memory:") as con:
        parsed = con.execute(f"SELECT json_serialize_sql({literal(mart.query)})").fetchall()[0][0]
    return set(_tables_in(json.loads(parsed)))


def _edges() -> Iterator[tuple[str, str]]:
    for contract in CONTRACTS:
        if contract not in NO_SOURCE:
            yield (contract.PARENT.TABLE if contract.PARENT else FILES), contract.TABLE
    for mart in marts():
        yield from ((name, mart.name) for name in sorted(reads_of(mart)))


def _tables_in(tree: Any) -> Iterator[str]:
    """Names with their schema: those without are of the query itself."""
    if isinstance(tree, dict):
        if tree.get("type") == "BASE_TABLE" and tree["schema_name"]:
            yield f"{tree['schema_name']}.{tree['table_name']}"
        for value in tree.values():
            yield from _tables_in(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _tables_in(value)


def _node(name: str) -> str:
    """Mermaid's name of a node has no dot, its label may."""
    return f'{name.replace(".", "_")}["{name}"]'
