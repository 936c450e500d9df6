"""broadsheet explain: every field of a page, its candidates, the winner and why; its listings, statements and repairs; a picture of it."""

from pathlib import Path
from typing import Any

from flows.commands.explained import lines
from flows.invocation import home_option
from flows.place import place_of, raw_folder
from flows.terminal import put, put_json
from warehouse.errors import QueryInvalid, StorageFailed
from warehouse.queries import explain_page


def run(page: str, home: Path, as_json: bool, html: Path | None, as_of: str | None) -> int:
    """Print what is known of a page, by URL, page_id or source_uri, or draw it. Raises QueryInvalid where no page has it."""
    place = place_of(home)
    captures = explain_page(place, page, as_of)
    if not captures:
        raise QueryInvalid(
            f"expected the URL or page_id of a page in the warehouse, got {page!r}, which neither raw.pages nor ops.rejects has. "
            f"Look one up: `broadsheet sql \"SELECT page_id, url FROM raw.pages WHERE url LIKE '%…%'\"{home_option(home)}`"
        )
    if html is not None:
        draw(captures, home if isinstance(place, Path) else raw_folder(place), html)
        return 0
    if as_json:
        put_json(captures)
        return 0
    for capture in captures:
        for line in lines(capture):
            put(line)
    return 0


def draw(captures: list[dict[str, Any]], home: Path, target: Path) -> None:
    """Write the newest of these captures, read again by this version as the pipeline reads it, with its regions coloured.

    Raises QueryInvalid where none has its bytes in the raw store, StorageFailed where the file cannot be written.
    """
    from tasks.dissection.outline.page import outline
    from tasks.pages.limits import DEFAULT_LIMITS
    from tasks.pages.read_page import read_page, restored_text
    from tasks.raw_store.reading import read_kept
    from tasks.reprocessing.captures import kept_ref
    from tasks.sources.page import PageUnreadable

    capture = next((c for c in reversed(captures) if c.get("warc_uri")), None)
    if capture is None:
        raise QueryInvalid("expected a page with bytes in the raw store, got one that was refused before it was read: nothing can be drawn")
    try:
        page = read_kept(home, kept_ref(home, capture))
    except PageUnreadable as error:
        raise QueryInvalid(f"expected the bytes of {capture['page_id']} at {capture['warc_uri']}, got: {error.detail}") from error
    dissected = read_page(page, DEFAULT_LIMITS).dissected
    drawn = outline(dissected, restored_text(page), capture["url"], is_text=page.is_text)
    try:
        target.write_text(drawn, "utf-8", errors="replace")
    except OSError as error:
        raise StorageFailed(f"expected to write {target}, got: {error.strerror}") from error
    others = len(captures) - 1
    put(f"{target}: {capture['url']}" + (f", the newest of {others + 1} captures" if others else ""))
