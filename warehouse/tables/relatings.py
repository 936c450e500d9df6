from warehouse.tables.contract import HEX16, Contract, instant
from warehouse.tables.runs import Runs
from warehouse.without_sqlalchemy import dataframely as dy


class Relatings(Contract):
    """ops.relatings: one time that all articles which the warehouse had were related."""

    TABLE = "ops.relatings"
    GRAIN = "one time that all articles which the warehouse had were related"
    PARENT = Runs

    run_id = dy.String(primary_key=True, regex=HEX16, description="Run that related them; ops.runs.")
    related_at = instant("When what came of it was told.")
    article_count = dy.Int64(min=0, description="Articles that the warehouse had then; those that came later wait to be related.")
