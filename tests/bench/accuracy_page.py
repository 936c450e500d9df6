"""docs/accuracy.md: what an analyst may expect of a page, by field, language and kind of page, and where that is weak.

    uv run python -m tests.bench.accuracy_page            # writes it; some four minutes

From the half of the pages that nobody may look at, read from a warehouse that `broadsheet ingest` has made of them.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.accuracy import REFUSED_TYPES, Predictions, Row, from_warehouse, plain_predictions, read_rows, scorer, site_of
from tests.bench.corpus import SHARED

PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"
FIELDS = {  # figure of the scorer: field, what counts
    "F1": ("body", "runs of four words that are right, F1 of precision and recall"),
    "P": ("body, precision", "share of what we give that belongs to the story"),
    "R": ("body, recall", "share of the story that we give"),
    "title": ("title", "the same text; case, quotation marks and dashes aside"),
    "date": ("day of publication", "by the clock of the outlet"),
    "time": ("minute of publication", "the same, where the page tells it"),
    "author": ("authors", "the same people, none missing and none too many"),
}
KINDS = {
    "cnweb": "Chinese pages of 2003 to 2022",
    "daniel": "newspapers of 2011 in Chinese, Greek, English, Polish and Russian",
    "dragnet": "newspapers and blogs of 2012, English",
    "htmldate": "mostly German outlets and offices",
    "ird": "American outlets of 2005 to 2017",
    "l3s": "newspapers of 2008, English",
    "magichtml": "sites worldwide in 2024 as a browser drew them: dialogs, endless pages",
    "mediacloud": "news worldwide in 2020",
    "mercury": "one page a site, without data for machines",
    "newspaper": "fixtures of an extractor, a tool's gold",
    "omnivore": "blogs and magazines, a tool's gold",
    "readability": "fixtures of a browser's reader, a tool's gold",
    "trafilatura_meta": "blogs and institutions, mostly German and English",
    "wcxb": "blogs, guides and news of 2024 to 2026",
}
LEAST_PAGES = 8  # of a language or kind that has a line of its own
SHOWN = ("F1", "title", "date", "time", "author")
WEAK = 0.8
Scores = dict[str, float]
Group = tuple[str, list[Row]]


def main() -> int:
    """Ingest, score, write."""
    manifest = SHARED / "pages2" / "manifest.jsonl"
    if not manifest.exists():
        print(f"skipped: the real pages are not at {manifest.parent}")
        return 0
    rows = read_rows(manifest)
    with tempfile.TemporaryDirectory(prefix="broadsheet-accuracy-") as folder:
        ours = from_warehouse(manifest, Path(folder))
    unseen = [row for row in rows if row["half"] == "scored"]
    PAGE.write_text("\n".join(lines(unseen, ours, plain_predictions(manifest, rows))) + "\n", encoding="utf-8")
    print(f"wrote {PAGE}")
    return 0


def lines(rows: list[Row], ours: Predictions, plain: Predictions) -> Iterator[str]:
    """The page, line by line."""
    gold = [row for row in rows if row.get("kind") != "not_article"]
    score: Callable[[list[Row], Predictions], Scores] = lambda group, told: scorer().score(group, told)[0]  # noqa: E731
    languages = groups(gold, lambda row: row.get("lang") or "not told")
    kinds = groups(gold, lambda row: KINDS.get(row["dataset"], "small sets"))
    yield from head(gold)
    yield from by_field(gold, score(gold, ours), score(gold, plain))
    yield from not_articles(rows, ours)
    yield from table("By language", languages, lambda group: score(group, ours))
    yield from table("By kind of page", kinds, lambda group: score(group, ours))
    yield from weak([*languages, *kinds], lambda group: score(group, ours))


def head(gold: list[Row]) -> Iterator[str]:
    sites = len({site_of(row) for row in gold})
    yield "# What to expect of a page that nobody tuned for"
    yield ""
    yield f"Written by `python -m tests.bench.accuracy_page` on {datetime.now(UTC):%Y-%m-%d}; do not edit."
    yield ""
    yield (
        f"{len(gold)} articles of {sites} sites went through `broadsheet ingest` and were read from the warehouse. Nobody looked at one of "
        "these pages while rules were made, and none of their sites is among the pages that were looked at. Their figures were seen, "
        "though: expect a little less of others. What is right was said by others: by hand, or by a tool's output that they approved. "
        f"Beside it stands what `trafilatura.bare_extraction` {version('trafilatura')} gives of the same pages."
    )


def by_field(gold: list[Row], ours: Scores, plain: Scores) -> Iterator[str]:
    yield from ("", "## By field", "", "| field | Broadsheet | plain trafilatura | pages | what counts |", "|---|---|---|---|---|")
    for figure, (name, counts) in FIELDS.items():
        asked = sum(1 for row in gold if is_asked(row, figure))
        yield f"| {name} | {cell(ours, figure)} | {cell(plain, figure) if figure != 'time' else ''} | {asked} | {counts} |"


def is_asked(row: Row, figure: str) -> bool:
    if figure == "time":
        return len(row.get("date") or "") > len("2000-01-01") and not row["date"].endswith("00:00")
    return bool(row.get({"date": "date", "title": "title", "author": "author"}.get(figure, "body")))


def not_articles(rows: list[Row], ours: Predictions) -> Iterator[str]:
    gold = [row for row in rows if row.get("kind") != "not_article"]
    refused = sum(not ours.get(row["id"], {}).get("body") for row in gold)
    lists = [row for row in rows if row.get("page_type") in REFUSED_TYPES and row.get("kind") == "not_article"]
    taken = sum(bool(ours.get(row["id"], {}).get("body")) for row in lists)
    yield ""
    yield f"Refused though they are articles: {refused} of {len(gold)}."
    yield f"List, section and front pages taken for articles: {taken} of {len(lists)}."


def table(title: str, named: list[Group], score: Callable[[list[Row]], Scores]) -> Iterator[str]:
    yield from (
        "",
        f"## {title}",
        "",
        "| | pages | " + " | ".join(FIELDS[figure][0] for figure in SHOWN) + " |",
        "|---|---" + "|---" * len(SHOWN) + "|",
    )
    for name, group in named:
        found = score(group)
        yield f"| {name} | {len(group)} | " + " | ".join(cell(found, figure, group) for figure in SHOWN) + " |"


def weak(named: list[Group], score: Callable[[list[Row]], Scores]) -> Iterator[str]:
    """The figures that an analyst should not rely on without a look at the page."""
    found = [
        (figures[figure], f"{FIELDS[figure][0]}, {name}: {figures[figure]:.2f}")
        for name, group in named
        for figures in [score(group)]
        for figure in SHOWN
        if figures.get(figure) is not None and sum(is_asked(row, figure) for row in group) >= LEAST_PAGES and figures[figure] < WEAK
    ]
    yield from (
        "",
        "## Where it is weak",
        "",
        f"Every figure above that is under {WEAK} and rests on {LEAST_PAGES} pages or more, the lowest first.",
        "",
    )
    yield from (f"- {said}" for _, said in sorted(found)) if found else ("None.",)


def groups(rows: list[Row], name_of: Callable[[Row], str]) -> list[Group]:
    """The rows by name, the largest group first; groups that are too small for a line are together the last."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(name_of(row), []).append(row)
    large = sorted((item for item in by_name.items() if len(item[1]) >= LEAST_PAGES), key=lambda item: -len(item[1]))
    rest = [row for group in by_name.values() if len(group) < LEAST_PAGES for row in group]
    return [*large, ("all others", rest)] if rest else large


def cell(figures: Scores, figure: str, group: list[Row] | None = None) -> str:
    """A figure; in brackets where it rests on few pages."""
    value = figures.get(figure)
    if value is None:
        return ""
    is_thin = group is not None and sum(is_asked(row, figure) for row in group) < LEAST_PAGES
    return f"({value:.2f})" if is_thin else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
