"""Topics and outlets over time."""

from typing import Any

from warehouse.explorer.charts import lines
from warehouse.explorer.looking import Look
from warehouse.explorer.search import PERS, day

Told = dict[str, Any]
LONG_DAYS, VERY_LONG_DAYS = 120, 10_000  # of a time that is shown by month, and by year, where the URL does not say; a shorter one by day


def topics(look: Look) -> Told:
    """Topics that listings print beside their items."""
    asked = {"host": look.given.get("host")} | _time(look)
    return _over_time(look, "topics", "topic", "item_count", asked)


def outlets(look: Look) -> Told:
    """What outlets publish."""
    asked = {"lang": look.given.get("lang")} | _time(look)
    return _over_time(look, "outlets", "host", "story_count", asked)


def _over_time(look: Look, name: str, series: str, count: str, asked: Told) -> Told:
    """The chart, what it shows as a table, and the totals."""
    totals = look.table(name, **asked)
    per = look.given.get("per") if look.given.get("per") in PERS else _per(totals.records())
    rows = [row for row in look.rows(f"{name}_over_time", per=per, **asked) if row["moment"]]
    over_time = look.table(f"{name}_over_time", per=per, **asked)
    most = {row[series]: place for place, row in enumerate(totals.records())}
    rows.sort(key=lambda row: most.get(row[series], len(most)))
    points = [(row["moment"], row[series] or "–", row[count]) for row in rows]
    chart = lines(points, count, per or "month", is_filled=name == "outlets")  # of a day without a crawl nobody knows the topics
    return {
        "template": "over_time",
        "heading": name.capitalize(),
        "asked": asked,
        "per": per,
        "pers": PERS,
        "chart": chart,
        "tables": [totals, over_time],
    }


def _time(look: Look) -> Told:
    return {"since": day(look.given.get("since")), "until": day(look.given.get("until"))}


def _per(totals: list[Told]) -> str:
    times = [value for row in totals for name, value in row.items() if name.startswith(("first_", "last_")) and value]
    days = (max(times) - min(times)).days if times else 0
    return "year" if days > VERY_LONG_DAYS else "month" if days > LONG_DAYS else "day"
