"""What a text of a page is called where a row speaks of it: core.repairs.field."""

from tasks.dissection.findings import DissectedPage

TITLE, BODY = "title", "body"  # of core.articles


def item_field(listing_number: int, position: int) -> str:
    """The headline of a row of core.listing_items, both numbers 1-based: listing_items/2/3."""
    return f"listing_items/{listing_number}/{position}"


def headlines_of(page: DissectedPage) -> dict[str, str]:
    """The page's title, where it has an article, and the headlines of its listings, by field."""
    titles = {TITLE: page.article.title} if page.article else {}
    return titles | {
        item_field(number, position): item.headline
        for number, listing in enumerate(page.listings, 1)
        for position, item in enumerate(listing.items, 1)
    }


def texts_of(page: DissectedPage) -> dict[str, str]:
    """Every text of the page that analysts read, by field."""
    return headlines_of(page) | ({BODY: page.article.body} if page.article else {})
