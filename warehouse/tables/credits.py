from warehouse.tables.articles import Articles
from warehouse.tables.contract import HEX16, ROLES, Contract
from warehouse.without_sqlalchemy import dataframely as dy


class Credits(Contract):
    """core.credits: one name in one role on one page."""

    TABLE = "core.credits"
    GRAIN = "one name in one role on one page"
    PARENT = Articles

    page_id = dy.String(primary_key=True, regex=HEX16, description="The page that prints it; core.articles.")
    role = dy.Enum(ROLES, primary_key=True, description="What the name did: author, editor, source, translator, photographer, agency.")
    position = dy.Int32(primary_key=True, min=1, description="Place among the names of its role on the page, 1-based.")
    name = dy.String(min_length=1, max_length=1000, description="Person or organisation, normalised: no titles, prefixes or e-mail.")
    as_printed = dy.String(min_length=1, description="The text the name was read from, as the page has it.")
    run_id = dy.String(regex=HEX16, description="Run that loaded the row; ops.runs.")
