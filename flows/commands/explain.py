"""broadsheet explain: every field of a page, its candidates, the winner and why."""

import json
from pathlib import Path
from typing import Any

import click

from warehouse.errors import QueryInvalid
from warehouse.queries import explain_page

WIDTH = 100  # characters of a value that are shown; --json gives all


def run(page: str, home: Path, as_json: bool) -> int:
    """Print what is known of a page, by URL or page_id. Raises QueryInvalid where no page has it."""
    captures = explain_page(home, page)
    if not captures:
        raise QueryInvalid(
            f"expected the URL or page_id of a page in the warehouse, got {page!r}, which neither raw.pages nor ops.rejects has. "
            f"Look one up: broadsheet sql \"SELECT page_id, url FROM raw.pages WHERE url LIKE '%…%'\""
        )
    if as_json:
        click.echo(json.dumps(captures, ensure_ascii=False, default=str))
        return 0
    for capture in captures:
        for line in lines(capture):
            click.echo(line)
    return 0


def lines(capture: dict[str, Any]) -> list[str]:
    """One capture, line by line: where it came from, its fate, and each field with its candidates."""
    out = [f"{capture['url'] or capture['source_uri']}", f"  page_id      {capture['page_id'] or '-'}"]
    out += [f"  {name:<12} {capture[name]}" for name in ("observed_at", "charset", "source_uri", "warc_uri") if capture.get(name)]
    out += [f"  REJECTED     {row['reason']}: {row['detail'] or row['expectation'] or ''}" for row in capture["rejects"]]
    for finding in capture["evidence"]:
        out += ["", f"  {finding['field']} = {_short(finding['value'])}"]
        out.append(f"    from {finding['source'] or 'nothing'}" + (f": {finding['reason']}" if finding["reason"] else ""))
        out += [f"    {c['verdict'][:38]:<40}{c['source']:<28}{_short(c['value'])}" for c in finding["candidates"]]
    return [*out, ""]


def _short(value: str | None) -> str:
    text = " ".join((value or "-").split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
