"""Tables that say what belongs together, told from those that lay a page out."""

from lxml.html import HtmlElement

CELLS = ("td", "th")
MOST_CELL = 120  # characters; a cell that holds more is a part of the page's layout


def is_data_table(table: HtmlElement) -> bool:
    """Whether its rows say what belongs together, and it is not there for the layout of the page.

    It has cells side by side and none of them holds another table, a block that is no paragraph, or running text.
    """
    rows = 0
    for row in table.iter("tr", "table", "div", "ul", "ol", "form", "h1", "h2", "h3"):
        if row.tag != "tr":
            if row is not table:
                return False
            continue
        cells = [cell for cell in row if cell.tag in CELLS]
        rows += len(cells) > 1
        if any(len(cell.text_content().strip()) > MOST_CELL for cell in cells):
            return False
    return rows > 1
