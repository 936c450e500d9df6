from warehouse.tables.contract import HEX16, Contract, instant
from warehouse.without_sqlalchemy import dataframely as dy


class Stories(Contract):
    """core.stories: one story that two or more articles tell in the same words: the copies that are connected, with one origin."""

    TABLE = "core.stories"
    GRAIN = "one story that two or more articles tell in the same words: the copies that are connected, with one origin"
    KEEPS = "last"  # a story grows

    story_id = dy.String(
        primary_key=True, regex=HEX16, description="page_id of its origin, or where that was never captured the least of its articles."
    )
    origin_page_id = dy.String(nullable=True, regex=HEX16, description="The origin; core.articles. Null where it was never captured.")
    origin_url = dy.String(min_length=1, description="Address of the origin, inferred where it was never captured.")
    page_count = dy.Int32(min=2, description="Articles of it, the origin among them where it was captured; excerpts do not count.")
    host_count = dy.Int32(
        min=0, description="Sites that they stand on: hosts, without www and its like. Pages without a host do not count."
    )
    first_published_at = instant("Earliest publication that any of its articles claims, copies included.", nullable=True)
    first_observed_at = instant("When the first of them was seen.")
    last_observed_at = instant("When the last of them was seen.")
    confidence = dy.Float64(min=0.0, max=1.0, description="How sure the origin is, 0..1.")
    evidence = dy.List(dy.String(), description="What told the origin, as in core.copies.")
    run_id = dy.String(regex=HEX16, description="Run that decided so; ops.runs.")
