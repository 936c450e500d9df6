"""Paths under which no file can be read: said, and never taken for success."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tasks.sources.printable import printable
from warehouse.errors import SourceUnreadable


def refuse_what_has_no_page(files: int, passed_over: Counter[str], paths: Sequence[str | Path]) -> None:
    """Raises SourceUnreadable where there are files and no source reads one of them. A folder without files is no error."""
    if not files and passed_over:
        raise SourceUnreadable(
            f"expected pages under {named(paths)}, found none: {by_reason(passed_over)}. Read are HTML, WARC, WACZ, ARC, text, JSON and "
            "Parquet, packed with gzip or Zstandard too; force one on a file with --source KIND, unpack archives such as .zip and .tar.gz."
        )


def by_reason(passed_over: Counter[str]) -> str:
    """`14 passed over: unknown_kind 11, archive_file 3`"""
    return f"{passed_over.total()} passed over: " + ", ".join(f"{reason} {count}" for reason, count in passed_over.most_common())


def named(paths: Sequence[str | Path]) -> str:
    """The first paths, printable."""
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(printable(str(path)) for path in paths[:3]) + more
