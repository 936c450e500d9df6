"""What may hold pages and is read by no source: told by its name, so that it is not counted among the pictures."""

from typing import Final

from tasks.sources.unpacked import plain_name

# Ending of the plain name -> word of reasons.PASSED_OVER, and what to do.
_FORMATS: Final[dict[tuple[str, ...], tuple[str, str]]] = {
    (".zip", ".tar", ".tgz", ".tbz2", ".txz", ".tar.bz2", ".tar.xz", ".7z", ".rar"): ("archive_file", "unpack it, and ingest the folder"),
    (".bz2", ".xz", ".lz4", ".br", ".lzma"): ("archive_file", "unpack it, or pack it with gzip or Zstandard"),
    (".mhtml", ".mht", ".har", ".webarchive", ".maff"): ("foreign_format", "export its pages as HTML, or as WARC with its crawler"),
    (".csv", ".tsv", ".sqlite", ".db", ".avro", ".orc", ".arrow", ".feather", ".xlsx"): ("foreign_format", "export it as Parquet or JSONL"),
    (".pdf", ".epub", ".docx", ".odt", ".rtf"): ("foreign_format", "export its text as .txt"),
}


def unread_format(name: str) -> tuple[str, str]:
    """The word of reasons.PASSED_OVER for a file that no source recognises, and what its owner can do."""
    for endings, told in _FORMATS.items():
        if plain_name(name).endswith(endings):
            return told
    return "unknown_kind", "expected HTML, WARC, WACZ, ARC, text, JSON or Parquet; force one with --source KIND"
