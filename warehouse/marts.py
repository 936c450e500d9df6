"""The marts: questions of analysts as views and macros of the warehouse, made anew whenever it is published.

A view is one file of warehouse/marts, a macro one of warehouse/macros: a plain SELECT (of a scalar macro, an expression) under comment
lines that state its name, its grain and the meaning of every column and parameter. Neither holds rows: they cost nothing where nobody
asks, and cannot be older than what they are made of.
"""

import re
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from warehouse.errors import ContractBroken
from warehouse.search.fold import with_map
from warehouse.search.index import make_tables
from warehouse.sql_text import literal
from warehouse.tables import CONTRACTS
from warehouse.transaction import transaction

FOLDER = Path(__file__).parent / "marts"
MACROS = Path(__file__).parent / "macros"
SCHEMA = "mart"
INTERNAL = "search"  # schema of the search index and of the macros that search_articles and others are made of
_NAME = re.compile(r"-- ([a-z_.]+)(?:\(([^)]*)\))?\n-- Grain ")
_FACT = re.compile(r"^-- (Grain|Reads|Answers|Example|Columns) +(\S.*)$", re.MULTILINE)
_PART = re.compile(r"^-- (Parameters|Columns)\n((?:--   .*\n)+)", re.MULTILINE)
_ENTRY = re.compile(r"^--   (\w+) +(\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mart:
    """One file. `name`: with its schema, but for macros of main; `reads`: tables, views and macros; `parameters`, `columns`: name ->
    meaning; `signature`: parameters with their defaults, None of a view; `example`: how a macro is asked."""

    name: str
    signature: str | None
    grain: str
    reads: tuple[str, ...]
    answers: str
    example: str
    parameters: dict[str, str]
    columns: dict[str, str]
    query: str

    @property
    def is_internal(self) -> bool:
        """Whether it is a part of others, of which analysts need not know."""
        return self.name.startswith(f"{INTERNAL}.")

    @property
    def kind(self) -> str:
        """As COMMENT ON names it. A macro without columns gives one value."""
        return "VIEW" if self.signature is None else "MACRO TABLE" if self.columns else "MACRO"

    @property
    def file(self) -> str:
        """From the root of the project."""
        return f"warehouse/{'marts' if self.signature is None else 'macros'}/{self.name.rpartition('.')[2]}.sql"

    @property
    def ddl(self) -> str:
        if self.kind == "VIEW":
            return f"CREATE OR REPLACE VIEW {self.name} AS {self.query}"
        return f"CREATE OR REPLACE MACRO {self.name}({self.signature}) AS {'TABLE' if self.columns else ''} {self.query}"


@cache
def everything() -> tuple[Mart, ...]:
    """Views and macros, each behind those that it reads, else by name.

    Raises ContractBroken for a file that does not state what it is first.
    """
    paths = sorted(FOLDER.glob("*.sql")) + sorted(MACROS.glob("*.sql"))
    found = {mart.name: mart for mart in sorted(map(_read, paths), key=lambda mart: mart.name)}
    order = TopologicalSorter({name: [read for read in mart.reads if read in found] for name, mart in found.items()})
    return tuple(found[name] for name in order.static_order())


def marts() -> tuple[Mart, ...]:
    """The views."""
    return tuple(mart for mart in everything() if mart.kind == "VIEW")


def macros() -> tuple[Mart, ...]:
    """The macros."""
    return tuple(mart for mart in everything() if mart.kind != "VIEW")


def create_marts(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Make every view and macro as its file has it, with comments, and drop those whose file is gone; give the types of their columns.

    Raises ContractBroken where a file describes other columns than its SELECT gives.
    """
    types = {}
    with transaction(con):
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        make_tables(con)
        _drop_what_is_gone(con)
        for mart in everything():
            con.execute(mart.ddl)
            types[mart.name] = column_types(con, mart) if mart.columns else {}
            if (came := list(types[mart.name])) != list(mart.columns):
                raise ContractBroken(
                    f"expected {mart.name} to give the columns that its file describes, {', '.join(mart.columns)}; came {', '.join(came)}. "
                    f"Correct the lines under Columns in {mart.file}."
                )
            comments = [f"COMMENT ON {mart.kind} {mart.name} IS {literal(f'{mart.name}: {mart.grain}. {mart.answers}')}"]
            if mart.kind == "VIEW":
                comments += [f"COMMENT ON COLUMN {mart.name}.{name} IS {literal(meaning)}" for name, meaning in mart.columns.items()]
            con.execute("; ".join(comments))
    return types


def column_types(con: duckdb.DuckDBPyConnection, mart: Mart) -> dict[str, str]:
    """Column -> DuckDB type of a view or table macro that is there."""
    asked = mart.name if mart.kind == "VIEW" else f"FROM {mart.name}({', '.join(['NULL'] * _required(mart))})"
    return {name: kind for name, kind, *_ in con.execute(f"DESCRIBE {asked}").fetchall()}


def _required(mart: Mart) -> int:
    """How many parameters have no default."""
    return sum(":=" not in each for each in (mart.signature or "").split(",") if each.strip())


def _drop_what_is_gone(con: duckdb.DuckDBPyConnection) -> None:
    """Views of the schema mart, and macros of any."""
    there = con.execute(
        f"SELECT 'VIEW', schema_name || '.' || view_name FROM duckdb_views() "
        f"WHERE schema_name = '{SCHEMA}' AND database_name = current_database() "
        "UNION SELECT if(function_type = 'macro', 'MACRO', 'MACRO TABLE'), "
        "if(schema_name = 'main', '', schema_name || '.') || function_name "
        "FROM duckdb_functions() WHERE NOT internal AND database_name = current_database() AND function_type IN ('macro', 'table_macro')"
    ).fetchall()
    for kind, name in set(there) - {(mart.kind, mart.name) for mart in everything()}:
        con.execute(f"DROP {kind} {name}")


def _read(path: Path) -> Mart:
    text = path.read_text("utf-8")
    facts, parts, head = dict(_FACT.findall(text)), dict(_PART.findall(text)), _NAME.match(text)
    is_view = path.parent.name != MACROS.name
    needed = {"Reads", "Answers"} | (set() if is_view else {"Example"})
    if head is None or head[1].rpartition(".")[2] != path.stem or (head[2] is None) != is_view or needed - facts.keys():
        named = f"{SCHEMA}.{path.stem}" if is_view else f"{path.stem}(parameters)"
        raise ContractBroken(f"expected {path} to begin with `-- {named}`, then Grain, {', '.join(sorted(needed))}; came {text[:80]!r}")
    entries = {part: dict(_ENTRY.findall(lines)) for part, lines in parts.items()}
    return Mart(
        head[1], head[2], facts["Grain"], tuple(facts["Reads"].split(", ")), facts["Answers"], facts.get("Example", ""),
        entries.get("Parameters", {}), entries.get("Columns", {}) or _columns_of(facts.get("Columns")), with_map(text),
    )  # fmt: skip


def _columns_of(table: str | None) -> dict[str, str]:
    """Name -> meaning of the columns of a table, for a macro that gives the same."""
    found = next((contract for contract in CONTRACTS if table == contract.TABLE), None)
    return {} if found is None else {name: column.description or "" for name, column in found.columns().items()}
