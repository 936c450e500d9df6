"""Search: articles, headlines, attention over time, and the words that mark a subject."""

import re
from datetime import date
from typing import Any

from warehouse.explorer.addresses import address
from warehouse.explorer.charts import lines
from warehouse.explorer.looking import Look

Told = dict[str, Any]
PARTS = {"articles": "Articles", "headlines": "Headlines of listings", "attention": "Over time", "terms": "Words that mark it"}
MOST_FACETS = 15  # values of a facet that are offered
PERS = ("day", "week", "month", "year")
_MONTH = re.compile(r"(\d{4})-(\d\d)")


def search(look: Look) -> Told:
    """What the URL asks for, or the form alone."""
    given, query = look.given, look.given.get("query", "").strip()
    part = given.get("part") if given.get("part") in PARTS else "articles"
    told: Told = {
        "query": query,
        "part": part,
        "parts": PARTS,
        "filters": filters(look),
        "stories": bool(given.get("stories")),
        "pers": PERS,
        "facets": {},
        "asked": [],
        "tables": [],
        "chart": None,
    }
    if not query:
        return told
    asked: dict[str, Any] = {"query": query, "stories": True if told["stories"] else None, **filters(look)}
    if part == "headlines":
        return told | {"tables": [look.table("search_headlines", **asked)]}
    if part == "attention":
        return told | _attention(look, asked)
    if part == "terms":
        return told | {"tables": [look.table("search_terms", query=query)]}
    hits = look.table("search_hits", **asked)
    if hits.problem:  # an older state: what can be found without the index
        return told | {"tables": [hits, look.table("search_plain", **asked)]}
    marked = [row["asked"] for row in look.rows("search_asked", query=query)]
    return told | {"tables": [hits], "facets": _facets(look, asked), "asked": marked}


def filters(look: Look) -> dict[str, str | None]:
    """Host, language and time; a time that is none is not given."""
    given = look.given
    return {"host": given.get("host"), "lang": given.get("lang"), "since": day(given.get("since")), "until": day(given.get("until"))}


def day(text: str | None) -> str | None:
    """A date as ISO 8601 has it, or None."""
    try:
        return date.fromisoformat(text or "").isoformat()
    except ValueError:
        return None


def _attention(look: Look, asked: dict[str, Any]) -> Told:
    per = look.given.get("per") if look.given.get("per") in PERS else "month"
    rows = look.rows("search_attention", per=per, **{name: asked[name] for name in ("query", "host", "lang", "stories")})
    table = look.table("search_attention", per=per, **{name: asked[name] for name in ("query", "host", "lang", "stories")})
    points = [(row["period"], "articles that match", row["matching_count"]) for row in rows if row["period"]]
    return {"tables": [table], "chart": lines(points, "articles that match", per or "month"), "per": per}


def _facets(look: Look, asked: dict[str, Any]) -> dict[str, list[Told]]:
    """Facet -> values with their counts and the URL that asks for them."""
    found: dict[str, list[Told]] = {"host": [], "lang": [], "month": []}
    for row in look.rows("search_facets", **asked):
        found[row["facet"]].append(row)
    found["month"].sort(key=lambda row: str(row["value"]), reverse=True)
    return {
        facet: [row | {"address": _narrowed(look, facet, str(row["value"]))} for row in rows[:MOST_FACETS]] for facet, rows in found.items()
    }


def _narrowed(look: Look, facet: str, value: str) -> str:
    months = _MONTH.fullmatch(value)
    change: dict[str, Any] = {facet: value}
    if facet == "month" and months:
        year, month = int(months[1]), int(months[2])
        change = {"since": f"{year:04}-{month:02}-01", "until": f"{year + month // 12:04}-{month % 12 + 1:02}-01"}
    return address("search", **{**look.given, **change, "search_hits_from": None})
