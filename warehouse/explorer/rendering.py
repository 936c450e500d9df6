"""Views as HTML: templates in which every value is escaped, and what all pages have in common."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from warehouse.explorer.addresses import address
from warehouse.explorer.cells import cell, moment, outward, shown, spoken
from warehouse.explorer.table import Table

FOLDER = Path(__file__).parent / "templates"
NAVIGATION = {
    "": "Home", "search": "Search", "site": "Sites", "topics": "Topics", "outlets": "Outlets", "damage": "Mirrors and damage",
    "rejects": "Rejects", "checks": "Checks", "sql": "SQL",
}  # fmt: skip


def page(template: str, **told: Any) -> str:
    """A view. Raises what the template raises: a value that it names and nobody gives is a bug."""
    return environment().get_template(f"{template}.html").render(**told)


@cache
def environment() -> Environment:
    """The templates; a value that is no Markup is escaped."""
    made = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    made.filters |= {"spoken": spoken, "shown": lambda value: shown(str(value)), "moment": moment, "outward": outward, "age": age,
                     "number": lambda value: f"{value:,}"}  # fmt: skip
    made.globals |= {"address": address, "again": again, "navigation": NAVIGATION, "body_of": body_of}
    return made


def again(view: str, given: Mapping[str, str], **changes: Any) -> str:
    """The URL of the same view with some values changed; None takes one away."""
    return address(view, **{**given, **changes})


def age(value: datetime, now: datetime | None = None) -> str:
    """`3 minutes`, `2 days`."""
    seconds = max(0, int(((now or datetime.now(UTC)) - value).total_seconds()))
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            count = seconds // length
            return f"{count:,} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"


def body_of(table: Table, hidden: tuple[str, ...] = (), lang: str | None = None, asked: Sequence[str] = ()) -> Markup:
    """Head and body of a table; `hidden` columns are only linked to, as page_id is by a title; `lang`: of its texts,
    where rows do not say; `asked`: what is marked in snippets."""
    shown_at = [place for place, column in enumerate(table.columns) if column not in hidden]
    numbers = {place for place in shown_at if _is_number(table, place)}
    head = Markup().join(
        Markup("<th scope=col{}>{}</th>").format(Markup(" class=n" if place in numbers else ""), shown(table.columns[place]))
        for place in shown_at
    )
    lines = []
    for row in table.rows:
        record = {"lang": lang} | dict(zip(table.columns, row, strict=True))
        cells = (cell(table.columns[place], row[place], record, place in numbers, asked) for place in shown_at)
        lines.append(Markup("<tr>") + Markup().join(cells))
    return Markup("<thead><tr>{}</thead>\n<tbody>\n{}\n</tbody>").format(head, Markup("\n").join(lines))


def _is_number(table: Table, place: int) -> bool:
    first = next((row[place] for row in table.rows if row[place] is not None), None)
    return isinstance(first, int | float) and not isinstance(first, bool)
