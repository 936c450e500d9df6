"""The views: what each asks, by the parameters of its URL, and which template shows it."""

from collections.abc import Callable
from typing import Any

from warehouse.errors import QueryInvalid
from warehouse.explorer.article import article
from warehouse.explorer.compare import compare
from warehouse.explorer.looking import Look
from warehouse.explorer.over_time import outlets, topics
from warehouse.explorer.search import search
from warehouse.explorer.site import site

EXAMPLES = (
    "SELECT title, published_at FROM core.articles ORDER BY published_at DESC LIMIT 10",
    "SELECT host, count(*) AS page_count FROM raw.pages GROUP BY host ORDER BY page_count DESC",
    "SELECT role, name, count(*) AS article_count FROM core.credits GROUP BY role, name ORDER BY article_count DESC",
    "FROM mart.damage_by_host",
)
Told = dict[str, Any]


def home(look: Look) -> Told:
    """What there is, and where to begin."""
    return {"newest": look.table("home_newest"), "contents": look.table("home_contents"), "runs": look.table("home_runs")}


def damage(look: Look) -> Told:
    """Mirrors and damage, of all hosts or of one."""
    host = look.given.get("host")
    tables = {name: look.table(f"damage_{name}", host=host) for name in ("methods", "pages")}
    return {"hosts": None if host else look.table("damage"), "host": host, **tables}


def rejects(look: Look) -> Told:
    """What was refused, by reason; the refusals of one reason or run."""
    reason, run = look.given.get("reason"), look.given.get("run")
    return {
        "reason": reason,
        "by_reason": look.table("rejects_by_reason", run=run),
        "newest": look.table("rejects", reason=reason, run=run),
    }


def checks(look: Look) -> Told:
    """What was judged, and what was not met."""
    run, table = look.given.get("run"), look.given.get("table")
    return {"unmet": look.table("checks_unmet", run=run, table=table), "judged": look.table("checks", run=run)}


def sql(look: Look) -> Told:
    """A query of the reader's own, and the dictionary."""
    query, named = look.given.get("query", ""), look.given.get("table")
    told: Told = {"query": query, "answer": None, "refused": "", "examples": EXAMPLES, "seconds": f"{look.limits.seconds:g}"}
    if query.strip():
        try:
            told["answer"] = look.ask(query)
        except QueryInvalid as error:
            told["refused"] = str(error)
    columns = look.table("dictionary_of", table=named) if named else None
    if named and columns and not columns.rows:
        columns = look.table("dictionary_comments", table=named)
    return told | {"columns": columns, "names": look.rows("dictionary_names")}


VIEWS: dict[str, Callable[[Look], Told]] = {
    "": home, "search": search, "article": article, "compare": compare, "site": site, "topics": topics, "outlets": outlets,
    "damage": damage, "rejects": rejects, "checks": checks, "sql": sql,
}  # fmt: skip
