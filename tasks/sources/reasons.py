"""Why a source could not give a page, and what it passes over."""

from typing import Final

from warehouse.reject_reasons import UNREADABLE as REASONS

__all__ = ["REASONS", "SKIPPED"]

# Skipped without a reject, because they are no pages; plan() and discover() count them under these names.
SKIPPED: Final[dict[str, str]] = {
    "unknown_kind": "A file in a folder that no source recognises.",
    "archive_file": "A zip, tar, 7z or rar file in a folder: unpack it, and ingest what was in it.",
    "foreign_format": "MHTML, HAR, EPUB, PDF, CSV or a database in a folder: pages may be in it, and no source reads it.",
    "not_a_file": "A device, pipe or socket in a folder.",
    "same_folder": "A folder reached a second time through a symbolic link.",
    "warc_record": "A WARC record that is no capture: request, metadata, warcinfo.",
    "revisit": "A WARC record that says only that a page had not changed since an earlier capture.",
    "redirect": "An HTTP redirect: its target is a page, it is none.",
    "not_html": "A capture of something else than a page: image, style sheet, script, feed, PDF.",
}
