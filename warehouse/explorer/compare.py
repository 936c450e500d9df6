"""Two articles side by side, such as an original and its mirror, with what differs marked."""

from collections.abc import Iterable
from typing import Any

from warehouse.explorer.addresses import number
from warehouse.explorer.differences import Beside, beside
from warehouse.explorer.looking import Look

Told = dict[str, Any]
MOST_BYTES = 36_000  # of paragraphs at once, markup included


def compare(look: Look) -> Told:
    """The articles `page` and `other`, each by page_id; what stands in `other` is taken for the later text."""
    page, other = look.given.get("page"), look.given.get("other")
    told: Told = {"one": None, "two": None, "lines": [], "following": None, "tables": [], "status": 404 if page and other else 200}
    if not page or not other:
        return told
    found = {row["page_id"]: row for row in look.rows("compare_texts", page=page, other=other)}
    if page not in found or other not in found:
        return told
    one, two = found[page], found[other]
    lines, following = _page_of(beside(one["body"], two["body"]), number(look.given.get("text_from")))
    tables = [look.table(name, page=page, other=other) for name in ("compare_relations", "compare_texts")]
    return told | {"one": one, "two": two, "lines": lines, "following": following, "tables": tables, "status": 200}


def _page_of(found: Iterable[Beside], start: int) -> tuple[list[Beside], int | None]:
    """Lines from `start` on, as many as a page takes, and the place of those that follow."""
    taken: list[Beside] = []
    size = 0
    for place, each in enumerate(found):
        if place < start:
            continue
        size += len(each.before.encode()) + len(each.after.encode())
        if taken and size > MOST_BYTES:
            return taken, place
        taken.append(each)
    return taken, None
