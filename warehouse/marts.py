"""The marts: questions of analysts as views of the schema mart, made anew whenever the warehouse is published.

A mart is one file of warehouse/marts: a plain SELECT under comment lines that state its name, its grain and the meaning of every
column. Views, since they cost nothing where nobody asks, and cannot be older than what they are made of.
"""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import duckdb

from warehouse.errors import ContractBroken
from warehouse.sql_text import literal
from warehouse.transaction import transaction

FOLDER = Path(__file__).parent / "marts"
SCHEMA = "mart"
_FACT = re.compile(r"^-- (Grain|Reads|Answers) +(\S.*)$", re.MULTILINE)
_COLUMN = re.compile(r"^--   (\w+) +(\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mart:
    """One file of warehouse/marts. `reads`: tables and marts; `columns`: name -> meaning."""

    name: str
    grain: str
    reads: tuple[str, ...]
    answers: str
    columns: dict[str, str]
    query: str

    @property
    def view(self) -> str:
        return f"{SCHEMA}.{self.name}"


@cache
def marts() -> tuple[Mart, ...]:
    """All marts, those that read tables alone first, then those that read these, by name.

    Raises ContractBroken for a file that does not state its name and grain first.
    """
    found = (_read(path) for path in sorted(FOLDER.glob("*.sql")))
    return tuple(sorted(found, key=lambda mart: any(name.startswith(f"{SCHEMA}.") for name in mart.reads)))


@cache
def definitions() -> str:
    """A hash of all files: views are as they should be where they were made of the same."""
    return sha256("\n".join(f"{mart.name}\n{mart.query}" for mart in marts()).encode()).hexdigest()[:16]


def create_marts(con: duckdb.DuckDBPyConnection) -> None:
    """Make every view as its file has it, with comments, and drop those whose file is gone.

    Raises ContractBroken where a file describes other columns than its SELECT gives.
    """
    with transaction(con):
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        for name in _there(con) - {mart.name for mart in marts()}:
            con.execute(f'DROP VIEW {SCHEMA}."{name}"')
        for mart in marts():
            con.execute(f"CREATE OR REPLACE VIEW {mart.view} AS {mart.query}")
            if (came := list(column_types(con, mart))) != list(mart.columns):
                raise ContractBroken(
                    f"expected {mart.view} to give the columns that its file describes, {', '.join(mart.columns)}; came {', '.join(came)}. "
                    f"Correct the lines under Columns in warehouse/marts/{mart.name}.sql."
                )
            comments = [f"COMMENT ON VIEW {mart.view} IS {literal(f'{mart.view}: {mart.grain}')}"]
            comments += [f"COMMENT ON COLUMN {mart.view}.{name} IS {literal(meaning)}" for name, meaning in mart.columns.items()]
            con.execute("; ".join(comments))


def column_types(con: duckdb.DuckDBPyConnection, mart: Mart) -> dict[str, str]:
    """Column -> DuckDB type of a view that is there."""
    return {name: kind for name, kind, *_ in con.execute(f"DESCRIBE {mart.view}").fetchall()}


def _there(con: duckdb.DuckDBPyConnection) -> set[str]:
    found = con.execute(f"SELECT view_name FROM duckdb_views() WHERE schema_name = '{SCHEMA}' AND database_name = current_database()")
    return {name for (name,) in found.fetchall()}


def _read(path: Path) -> Mart:
    text = path.read_text("utf-8")
    facts = dict(_FACT.findall(text))
    if not text.startswith(f"-- {SCHEMA}.{path.stem}\n-- Grain ") or {"Reads", "Answers"} - facts.keys():
        raise ContractBroken(f"expected {path} to begin with `-- {SCHEMA}.{path.stem}`, then Grain, Reads, Answers; came {text[:80]!r}")
    return Mart(path.stem, facts["Grain"], tuple(facts["Reads"].split(", ")), facts["Answers"], dict(_COLUMN.findall(text)), text)
