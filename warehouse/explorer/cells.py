"""Values as markup. Whatever a page says is shown and never obeyed: this is the one place where markup is made of text."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from markupsafe import Markup, escape

from warehouse.explorer.addresses import address
from warehouse.explorer.table import MOST_SHOWN
from warehouse.inert_text import ACTING
from warehouse.search.marking import pieces

_ACTING = re.compile(f"(?![\t\n\r])[{ACTING}]")
_WEB = re.compile(r"https?://[^\s/?#\\]+[^\s\\]*", re.ASCII)
_ARTICLE = re.compile(r"[0-9a-f]{16}")
LONG, VERY_LONG = 44, 160  # characters of a value that may be broken anywhere, and that takes more width
IN_WORDS = ("title", "headline", "seo_title", "snippet", "name", "body", "text", "label", "topic", "caption", "alt")  # in the row's lang


def shown(text: str) -> Markup:
    """A text; what would act on it, or reorder it, is seen as its code point."""
    out, at = Markup(), 0
    for found in _ACTING.finditer(text):
        out += Markup("{}<code class=c>U+{:04X}</code>").format(text[at : found.start()], ord(found[0]))
        at = found.end()
    return out + escape(text[at:])


def spoken(text: str) -> Markup:
    """A sentence of ours, in which a command stands between backticks."""
    return Markup().join(Markup("<code>{}</code>").format(part) if place % 2 else shown(part) for place, part in enumerate(text.split("`")))


def moment(value: datetime | None) -> Markup:
    """In UTC, to the minute."""
    if value is None:
        return Markup("<span class=none>–</span>")
    at = value.astimezone(UTC) if value.tzinfo else value
    return Markup('<time datetime="{}">{:%Y-%m-%d %H:%M}</time>').format(at.isoformat(), at)


def outward(url: str) -> Markup:
    """An address: a link where it leads into the web, else text alone. Nobody is told who links there."""
    told = shown(_cut(url, 80))
    if not _WEB.fullmatch(url) or _ACTING.search(url):
        return told
    return Markup('<a href="{}" rel="noreferrer noopener nofollow external">{}</a>').format(url, told)


def marked(text: str, asked: Sequence[str]) -> Markup:
    """A text in which what was asked for is marked."""
    parts = ((shown(piece), is_asked) for piece, is_asked in pieces(text, asked))
    return Markup().join(Markup("<mark>{}</mark>").format(part) if is_asked else part for part, is_asked in parts)


def cell(column: str, value: Any, record: Mapping[str, Any], is_number: bool = False, asked: Sequence[str] = ()) -> Markup:
    """A cell of a table; the columns beside it say where it leads, and in which language it is. `is_number`: others of its column are;
    `asked`: folded texts that are marked in a snippet."""
    if value in (None, ""):
        return Markup("<td{}><span class=none>{}</span></td>").format(
            Markup(" class=n" if is_number else ""), "–" if value is None else "empty"
        )
    kind, told = _told(column, value, record)
    lang = record.get("lang")
    spoken = Markup(' lang="{}"').format(lang) if lang and column in IN_WORDS else Markup()
    kind = Markup(" class=l dir=auto") if column in ("title", "headline") else kind
    told = marked(_cut(str(value), MOST_SHOWN), asked) if column == "snippet" else told
    return Markup("<td{}{}>{}</td>").format(kind, spoken, told)


def _told(column: str, value: Any, record: Mapping[str, Any]) -> tuple[Markup, Markup]:
    """Attributes of the cell, and what stands in it."""
    number, text = Markup(" class=n"), _broad(len(str(value)))
    match value:
        case bool():
            return Markup(), escape("yes" if value else "no")
        case int():
            return number, escape(f"{value:,}")
        case float():
            return number, escape(f"{value:.1%}" if column.endswith("share") else f"{value:,.4g}")
        case datetime():
            return Markup(" class=t"), moment(value)
        case date():
            return Markup(" class=t"), escape(value.isoformat())
        case list() | tuple() | dict():
            return text, shown(_cut(_flat(value), MOST_SHOWN))
        case _:
            return text, _linked(column, str(value), record)


def _broad(length: int) -> Markup:
    return Markup("{} dir=auto").format(Markup(" class=w") if length > VERY_LONG else Markup(" class=l") if length > LONG else "")


def _linked(column: str, value: str, record: Mapping[str, Any]) -> Markup:
    page = record.get("page_id")
    if column == "page_id" and _ARTICLE.fullmatch(value):
        return _inward("article", value, page=value)
    if column == "beside" and page and _ARTICLE.fullmatch(value):
        left, right = (value, str(page)) if record.get("side") == "origin of" else (str(page), value)  # the origin on the left
        return _inward("compare", "side by side", page=left, other=right)
    if column in ("title", "headline") and isinstance(page, str) and page:
        return _inward("article", value, page=page)
    if column == "capture_id" and record.get("host"):
        return _inward("site", value, host=str(record["host"]), part="front", capture=value)
    if column in ("before_page_id", "after_page_id") and _ARTICLE.fullmatch(value):
        return _inward("article", value, page=value)
    if column == "host" and value:
        return _inward("site", value, host=value)
    if column == "snapshot_id":
        return Markup("<code>{}</code>").format(value)
    if column.endswith("url"):
        return outward(value)
    return shown(_cut(value, MOST_SHOWN))


def _inward(view: str, label: str, **values: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address(view, **values), shown(_cut(label, MOST_SHOWN)))


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_flat(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return " · ".join(_flat(each) for each in value)
    return str(value)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
