"""What every table contract is: a dataframely schema that knows its schema name and its grain.

A contract is declared once. From it come the DDL with comments, the Polars schema, the structural expectations, the
data dictionary and the sample rows.
"""

from typing import ClassVar

import dataframely as dy

HEX16 = "^[0-9a-f]{16}$"  # the first 64 bits of a SHA-256, see keys in tasks/shaping
ROLES = ("author", "editor", "source", "translator", "photographer", "agency")
PRECISIONS = ("minute", "day")


class Contract(dy.Schema):
    """One table. The docstring's first line is the table's COMMENT: `schema.table: its grain`."""

    TABLE: ClassVar[str]  # "core.articles"
    GRAIN: ClassVar[str]  # what one row is


def instant(description: str, *, nullable: bool = False) -> dy.Datetime:
    """A moment: TIMESTAMPTZ in DuckDB, microseconds in UTC in Polars."""
    return dy.Datetime(time_zone="UTC", time_unit="us", nullable=nullable, description=description)
