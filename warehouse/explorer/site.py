"""A site: its front page now, its listings over time as a chart of ranks, its newest articles."""

from datetime import datetime, timedelta
from typing import Any

from warehouse.explorer.charts import ranks
from warehouse.explorer.looking import Look
from warehouse.explorer.search import day

Told = dict[str, Any]
MOST_MOMENTS = 60  # of a rank chart: captures of one stretch of time count as one
PARTS = {"listings": "Listings over time", "front": "Front page", "headlines": "How long headlines stood", "articles": "Articles"}


def site(look: Look) -> Told:
    """One host, or all of them."""
    host = look.given.get("host")
    if not host:
        return {"host": None, "lang": None, "tables": [look.table("sites")]}
    part = look.given.get("part") if look.given.get("part") in PARTS else "listings"
    told: Told = {"host": host, "part": part, "parts": PARTS, "chart": None, "listings": None, "kind": None, "label": None}
    told["lang"] = next((row["lang"] for row in look.rows("site_lang", host=host)), None)
    told |= {"since": day(look.given.get("since")), "until": day(look.given.get("until"))}
    if part == "front":
        return told | _front(look, host)
    if part == "headlines":
        return told | {"tables": [look.table("site_timeline", host=host, kind=look.given.get("kind"))]}
    if part == "articles":
        return told | {"tables": [look.table("site_articles", host=host)]}
    return told | _listings(look, host, told)


def _front(look: Look, host: str) -> Told:
    """The front page that the URL names, or the newest, and those before it."""
    leading = look.table("site_leading", host=host)
    newest = next((row["capture_id"] for row in leading.records()), None)
    capture = look.given.get("capture") or newest
    shown = [look.table("site_front", host=host, capture=capture)] if capture else []
    return {"tables": [*shown, leading], "capture": capture}


def _listings(look: Look, host: str, told: Told) -> Told:
    """The listing that the URL names, or the one that was captured most."""
    listings = look.table("site_listings", host=host)
    kind, label = look.given.get("kind"), look.given.get("label")
    if not kind and (records := listings.records()):
        kind, label = records[0]["kind"], records[0]["label"]
    chosen = {"host": host, "kind": kind, "label": label, "since": told["since"], "until": told["until"]}
    span = next(iter(look.rows("site_span", **chosen)), None)
    if not span or span["since"] is None:
        return {"tables": [], "listings": listings, "kind": kind, "label": label}
    step = _step(span["since"], span["until"])
    rows = look.rows("site_ranks", step=step, **chosen)
    points = [(row["moment"], row["headline"], float(row["rank"])) for row in rows]
    table = look.table("site_ranks", step=step, **chosen)
    return {"tables": [table], "chart": ranks(points, told["lang"]), "listings": listings, "kind": kind, "label": label}


def _step(first: datetime, last: datetime) -> int:
    """Seconds that count as one moment: at least one, at most MOST_MOMENTS of them in all."""
    return max(1, int((last - first) / timedelta(seconds=1)) // MOST_MOMENTS)
