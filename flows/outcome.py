"""What is no success although nothing broke: no file that can be read, no batch that is credible, no article."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from flows.summary import IngestSummary
from tasks.sources.printable import printable
from warehouse.errors import BatchRefused, NothingLoaded, SourceUnreadable


def refuse_what_has_no_page(files: int, passed_over: Counter[str], paths: Sequence[str | Path]) -> None:
    """Raises SourceUnreadable where there are files and no source reads one of them. A folder without files is no error."""
    if not files and passed_over:
        raise SourceUnreadable(
            f"expected pages under {named(paths)}, found none: {by_reason(passed_over)}. Read are HTML, WARC, WACZ, ARC, text, JSON and "
            "Parquet, packed with gzip or Zstandard too; force one on a file with --source KIND, unpack archives such as .zip and .tar.gz."
        )


def refuse_what_gave_nothing(summary: IngestSummary) -> None:
    """Raises BatchRefused where a batch was refused, NothingLoaded where there were new pages and every one was rejected."""
    refuse_refused_batches(summary)
    is_news = bool(summary.rows["ops.rejects"]) or not summary.known  # else: a file that no run can read, night after night
    if summary.rejected_count and not summary.loaded and is_news:
        reasons = ", ".join(f"{reason} {count}" for reason, count in summary.rejected.most_common(3))
        raise NothingLoaded(
            f"expected at least one article, all {summary.rejected_count} new pages were rejected: {reasons}. See `broadsheet rejects`."
        )


def refuse_refused_batches(summary: IngestSummary) -> None:
    """Raises BatchRefused where a batch was refused."""
    if summary.refused:
        raise BatchRefused(
            f"expected every batch to be credible, {len(summary.refused)} of {summary.batches} were refused: "
            f"{'; '.join(summary.refused[:3])}. Their pages are in ops.rejects as batch_refused; the same command tries them again."
        )


def by_reason(passed_over: Counter[str]) -> str:
    """`14 passed over: unknown_kind 11, archive_file 3`"""
    return f"{passed_over.total()} passed over: " + ", ".join(f"{reason} {count}" for reason, count in passed_over.most_common())


def named(paths: Sequence[str | Path]) -> str:
    """The first paths, printable."""
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(printable(str(path)) for path in paths[:3]) + more
