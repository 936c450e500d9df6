from warehouse.tables.articles import Articles
from warehouse.tables.contract import HEX16, Contract
from warehouse.without_sqlalchemy import dataframely as dy


class Images(Contract):
    """core.images: one image of an article."""

    TABLE = "core.images"
    GRAIN = "one image of one article"
    PARENT = Articles

    page_id = dy.String(primary_key=True, regex=HEX16, description="The page that shows it; core.articles.")
    position = dy.Int32(primary_key=True, min=1, description="Place among the article's images, 1-based; the lead image first.")
    url = dy.String(
        nullable=True, min_length=1, description="Address of the image, absolute; null where only its caption is left, as in text."
    )
    caption = dy.String(nullable=True, description="Caption as printed.")
    alt = dy.String(nullable=True, description="Alternative text.")
    run_id = dy.String(regex=HEX16, description="Run that loaded the row; ops.runs.")
