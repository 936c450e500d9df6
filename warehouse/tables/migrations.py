from warehouse.tables.contract import Contract, instant
from warehouse.without_sqlalchemy import dataframely as dy


class Migrations(Contract):
    """ops.migrations: one migration that was applied to this warehouse."""

    TABLE = "ops.migrations"
    GRAIN = "one migration applied to this warehouse"

    number = dy.Int32(primary_key=True, min=1, description="Number of the migration: the file's first four digits.")
    name = dy.String(min_length=1, description="File name of the migration, without its extension.")
    applied_at = instant("When it was applied to this warehouse.")
    version = dy.String(description="Broadsheet's version that applied it.")
