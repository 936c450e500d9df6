from warehouse.tables.contract import Contract
from warehouse.without_sqlalchemy import dataframely as dy

OUTLET_KINDS = ("newspaper", "agency", "broadcaster", "magazine", "online", "government", "blog", "aggregator", "other")


class Outlets(Contract):
    """core.outlets: one outlet as the team's sources.toml declares it."""

    TABLE = "core.outlets"
    GRAIN = "one outlet of a sources.toml"
    KEEPS = "last"  # the file is edited, and each harvest tells its outlets anew

    outlet_id = dy.String(primary_key=True, regex="^[a-z0-9][a-z0-9_-]{0,62}$", description="Name of its table in sources.toml.")
    name = dy.String(min_length=1, description="Name as readers know it.")
    hosts = dy.List(dy.String(), description="Hosts it publishes on, lower case; raw.pages.host is one of them.")
    country = dy.String(regex="^[A-Z]{2}$", description="Country it publishes in, ISO 3166-1 alpha-2.")
    language = dy.String(regex="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="Language it publishes in, BCP 47 such as en or zh-Hant.")
    kind = dy.Enum(OUTLET_KINDS, description="Kind of outlet.")
    collection = dy.String(nullable=True, description="Group that the team counts it to, in its own words.")
