from warehouse.tables.contract import HEX16, Contract
from warehouse.without_sqlalchemy import dataframely as dy

RELATIONS = ("revision", "syndication", "mirror", "cloaked_mirror", "scraped", "excerpt")


class Copies(Contract):
    """core.copies: one article that is a copy of another, or of a page that was never captured, with what tells so."""

    TABLE = "core.copies"
    GRAIN = "one article that is a copy of another, or of a page that was never captured, with what tells so"
    KEEPS = "last"  # what is learned later may tell the origin otherwise

    page_id = dy.String(primary_key=True, regex=HEX16, description="The copy; core.articles.")
    origin_url = dy.String(
        primary_key=True, min_length=1, description="Address of the origin: of its first capture, or inferred where it was never captured."
    )
    relation = dy.Enum(
        RELATIONS, primary_key=True, description="revision: the outlet's own, one address captured again, or another of its addresses; "
        "syndication: credited; mirror: path kept, host replaced; cloaked_mirror: disguised besides; scraped: none of these; excerpt: a "
        "passage of it, so that two stories are related and stay two.",
    )  # fmt: skip
    origin_page_id = dy.String(nullable=True, regex=HEX16, description="The origin; core.articles. Null where it was never captured.")
    similarity = dy.Float64(
        nullable=True, min=0.0, max=1.0,
        description="Letters of the copy that stand in the origin, in passages, 0..1; null where the origin was never captured.",
    )  # fmt: skip
    origin_coverage = dy.Float64(nullable=True, min=0.0, max=1.0, description="Letters of the origin that stand in the copy, 0..1.")
    confidence = dy.Float64(min=0.0, max=1.0, description="How sure it is that this is the relation and that the origin, 0..1.")
    evidence = dy.List(
        dy.String(),
        description="What decided, such as path_owner, same_path, credit or published; through: by way of another copy.",
    )
    story_id = dy.String(
        nullable=True, regex=HEX16, description="Story that the copy belongs to; core.stories. Null for an excerpt, and for a copy of what "
        "was never captured that nothing else here is a copy of.",
    )  # fmt: skip
    run_id = dy.String(regex=HEX16, description="Run that decided so; ops.runs.")
