"""broadsheet rejects show: one refusal, with the row that was refused and what dissection made of the page."""

import json
from pathlib import Path

from flows.commands.explain import draw
from flows.commands.explained import lines
from flows.invocation import home_option, program
from flows.terminal import put, put_json
from warehouse.errors import QueryInvalid
from warehouse.queries import explain_page, reject


def run(reject_id: str, home: Path, as_json: bool, html: Path | None) -> int:
    """Print it. Raises QueryInvalid where there is none of this id."""
    found = reject(home, reject_id)
    if found is None:
        raise QueryInvalid(
            f"expected the id of a refusal, got {reject_id!r}, which ops.rejects has not. Look for it: `broadsheet rejects`."
        )
    page = found["page_id"]
    captures = [capture for capture in explain_page(home, page) if capture.get("warc_uri")] if page else []
    if as_json:
        put_json(found | {"page": captures[0] if captures else None})
    else:
        for label, value in found.items():
            if value is not None and label != "row_json":
                put(f"{label:<16}{value}")
        for name, value in json.loads(found["row_json"] or "{}").items():
            put(f"    {name:<24}{value}")
        for capture in captures:
            for line in lines(capture):
                put(line)
        put(f"replay          {program()} rejects replay --id {reject_id}{home_option(home)}")
    if html is not None:
        draw(captures, home, html)
    return 0
