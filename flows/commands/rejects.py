"""broadsheet rejects: counts by reason, then the newest refusals."""

import json
from pathlib import Path

import click

from warehouse.queries import newest_rejects, rejects_by_reason


def run(home: Path, reason: str | None, limit: int, as_json: bool) -> int:
    """Print them. Raises WarehouseUnusable where there is no snapshot."""
    counts, newest = rejects_by_reason(home, reason or ""), newest_rejects(home, reason or "", limit)
    if as_json:
        click.echo(json.dumps({"by_reason": counts, "rejects": newest}, ensure_ascii=False, default=str))
        return 0
    if not counts:
        click.echo("Nothing was rejected." if not reason else f"Nothing was rejected for a reason that begins with {reason!r}.")
        return 0
    for row in counts:
        click.echo(f"{row['reject_count']:>8}  {row['reason']:<32} {row['table_name']}")
    click.echo()
    for row in newest:
        click.echo(f"{row['reason']}  {row['source_uri']}" + (f" @{row['source_offset']}" if row["source_offset"] else ""))
        for label in ("url", "page_id", "expectation", "detail"):
            if row[label]:
                click.echo(f"    {label:<12}{row[label]}")
    return 0
