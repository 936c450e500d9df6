"""Pages of Data Docs: Great Expectations renders the results, the frame around them is ours and loads nothing."""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # no script and no request, whatever a crawled page says
STYLE = Path(__file__).with_name("data_docs.css")
# What GX 1.24 puts around its results: scripts and styles from CDNs, a logo, switches that need the scripts, a newsletter.
CONTENT = re.compile(r'<div class="container-fluid pt-4.*?(?=<footer|</body>)', re.DOTALL)
LOADS = re.compile(r"<script\b.*?</script>|<link\b[^>]*>|<style\b.*?</style>|<img\b[^>]*>", re.DOTALL)
SIDEBAR = re.compile(r'<div class="col-lg-2 col-md-2.*?(?=<div class="col-md-10)', re.DOTALL)
HANDLERS = re.compile(r'\son[a-z]+="[^"]*"')
LINKS = re.compile(r"</?a\b[^>]*>|Show more info\.\.\.")  # to pages of GX's own site, which is not built


def table_page(title: str, run_id: str, checks: Iterable[Mapping[str, Any]], result: Any) -> str:
    """The page of one table of one batch: what was not met and why it is expected, then GX's own account."""
    rows = sorted(checks, key=lambda c: (c["is_success"], c["severity"] != "critical", c["expectation"]))
    head = "<tr><th>Expectation</th><th>Outcome</th><th class=number>Unexpected</th><th>Observed</th><th>Why it is expected</th></tr>"
    return _page(
        title,
        f'<p class=quiet>Run {escape(run_id)} · <a href="../index.html">all runs</a></p>'
        f"<h2>Expectations</h2><table>{head}{''.join(map(_check, rows))}</table>"
        f"<details><summary>Validation result, as Great Expectations renders it</summary>{rendered(result)}</details>",
    )


def index_page(runs: Iterable[Mapping[str, Any]]) -> str:
    """The index: runs with their pages, in the order given."""
    sections = "".join(
        f"<h2>{escape(_moment(run['started_at']))}</h2><p class=quiet>Run {escape(run['run_id'])}</p>" + _links(run["pages"])
        for run in runs
    )
    words = "<p>The first batch of each run, and batches with an expectation that was not met. <code>ops.checks</code> has all.</p>"
    return _page("Data Docs", words + sections)


def rendered(result: Any) -> str:
    """GX's rendering of a validation result as HTML without anything that another machine would have to serve."""
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer

    page = str(_view().render(ValidationResultsPageRenderer().render(_escaped(result))))
    found = CONTENT.search(page)
    content = LOADS.sub("", found.group() if found else page)
    return LINKS.sub("", HANDLERS.sub("", SIDEBAR.sub("", content)))


def warm_up() -> None:
    """Compile GX's templates, for the process that workers are forked from: each of them would, with its first page."""
    for name in _view().env.list_templates(filter_func=lambda name: name.endswith(".j2") and not name.startswith("markdown_")):
        _view().env.get_template(name)


@cache
def _view() -> Any:
    """GX's templates, compiled: 60 ms, which each table of a batch would take anew."""
    from great_expectations.render.view import DefaultJinjaPageView

    return DefaultJinjaPageView()


def _escaped(result: Any) -> Any:
    """The result with what crawled pages say in it escaped: GX 1.24 writes unexpected values into its pages as HTML."""
    safe = copy(result)
    safe.results = [copy(outcome) for outcome in result.results]
    for outcome in safe.results:
        outcome.result = _escaped_values(outcome.result)
    return safe


def _escaped_values(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _escaped_values(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_escaped_values(item) for item in value)
    return escape(value) if isinstance(value, str) else value


def _check(check: Mapping[str, Any]) -> str:
    outcome = "met" if check["is_success"] else f"{check['severity']}, not met"
    style = "met" if check["is_success"] else escape(check["severity"])
    share = f"{check['unexpected_count']} of {check['element_count']}"
    return (
        f"<tr><td>{_label(check['expectation'])}</td><td class={style}>{escape(outcome)}</td>"
        f"<td class=number>{share}</td><td>{escape(check['observed'] or '')}</td><td>{escape(check['notes'] or '')}</td></tr>"
    )


def _label(expectation: str) -> str:
    """Its name, which may break where its columns begin and nowhere else."""
    return f"<code>{escape(expectation).replace('(', '<wbr>(')}</code>"


def _moment(iso: str) -> str:
    """2026-03-01T08:00:00+00:00 as 2026-03-01 08:00:00 UTC"""
    return iso.replace("T", " ").replace("+00:00", " UTC")


def _links(pages: Iterable[Mapping[str, Any]]) -> str:
    rows = "".join(map(_link, pages))
    return f"<table><tr><th>Page</th><th>Not met</th></tr>{rows}</table>" if rows else "<p>No batch was judged.</p>"


def _link(page: Mapping[str, Any]) -> str:
    unmet = "<br>".join(map(_label, page["unmet"])) or "<span class=met>everything met</span>"
    return f'<tr><td><a href="{escape(page["href"])}">{escape(page["title"])}</a></td><td>{unmet}</td></tr>'


def _page(title: str, content: str) -> str:
    return (
        f'<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">'
        f'<meta http-equiv=Content-Security-Policy content="{POLICY}">'
        f"<title>{escape(title)} · Broadsheet</title><style>{_style()}</style><h1>{escape(title)}</h1>{content}</html>\n"
    )


@cache
def _style() -> str:
    return STYLE.read_text("utf-8")
