from warehouse.tables.contract import HEX16, LISTED_PRECISIONS, LISTED_SOURCES, LISTING_KINDS, LONG_TEXT, Contract, instant
from warehouse.tables.pages import Pages
from warehouse.without_sqlalchemy import dataframely as dy


class ListingItems(Contract):
    """core.listing_items: one item of one listing of one page."""

    TABLE = "core.listing_items"
    GRAIN = "one item of one listing of one page: a story that the page points to, beside an article or without one"
    PARENT = Pages
    HAS_KEY_INDEX = False  # DuckDB keeps indexes in memory as a whole, and pages show some thirty items each

    page_id = dy.String(primary_key=True, regex=HEX16, description="The capture it was seen on, with an article or without; raw.pages.")
    listing_number = dy.Int32(primary_key=True, min=1, description="Place of its listing among those of the page, from the top, 1-based.")
    position = dy.Int32(primary_key=True, min=1, description="Place in its listing, from the top, 1-based.")
    kind = dy.Enum(
        LISTING_KINDS,
        description="What the listing is: related to the article, recommended to the reader, hot (a ranking), latest, "
        "or more of a section, column or author.",
    )
    label = dy.String(nullable=True, description="What heads the listing, as shown; null where nothing does.")
    headline = dy.String(min_length=1, metadata=LONG_TEXT, description="Headline of the item, as shown.")
    url = dy.String(nullable=True, description="Where it leads, absolute; null in text that has lost its links.")
    listed_at = instant(
        "Moment that the listing prints beside the item, mostly that of its publication; of a day or a month its beginning.", nullable=True
    )
    listed_zone = dy.String(nullable=True, description="IANA name or UTC offset (+08:00) in which the page meant listed_at.")
    listed_precision = dy.Enum(LISTED_PRECISIONS, nullable=True, description="The smallest unit that the page tells of listed_at.")
    listed_source = dy.Enum(
        LISTED_SOURCES,
        nullable=True,
        description="How listed_at was told: in an attribute for machines, printed in full, relative to observed_at (2 hours ago), "
        "or in part and completed with the year or the day.",
    )
    listed_text = dy.String(nullable=True, description="What listed_at was read from, as printed.")
    topic = dy.String(nullable=True, description="Topic, section or tag that is printed beside the item.")
    comment_count = dy.Int64(nullable=True, min=0, description="Comments as printed beside the item; 1.2万 and 12K are written out.")
    like_count = dy.Int64(nullable=True, min=0, description="Likes as printed beside the item.")
    read_count = dy.Int64(nullable=True, min=0, description="Reads or views as printed beside the item.")
    rank = dy.Int32(nullable=True, min=1, description="Rank as printed before the item; position is its place whether printed or not.")
    observed_at = instant("Moment at which a crawler saw it there: that of its capture, raw.pages.observed_at.")
    run_id = dy.String(regex=HEX16, description="Run that loaded the row; ops.runs.")
    headline_folded = dy.String(
        nullable=True, metadata=LONG_TEXT, description="headline for search and comparison, in the form of core.articles.title_folded."
    )
