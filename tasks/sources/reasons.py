"""Why a source could not give a page: the whole vocabulary, as it stands in ops.rejects.reason."""

from typing import Final

REASONS: Final[dict[str, str]] = {
    "no_such_file": "A link or a sidecar names a file that is not there.",
    "permission_denied": "The operating system refuses to open the file.",
    "not_a_file": "A device, pipe or socket: nothing that can be read to its end.",
    "read_failed": "The operating system gave up reading: broken link, broken disk, or the file went away meanwhile.",
    "unknown_kind": "No source recognises the file by its name or its first bytes.",
    "empty_file": "The file has no bytes, or only blanks.",
    "not_text": "The bytes are a picture, an archive, a PDF or other binary data under a page's name.",
    "input_too_large": "The page is larger than the limit for one page.",
    "gzip_truncated": "The compressed file ends before its data does; what could be read is not loaded.",
    "gzip_corrupt": "The compressed data contradict themselves.",
    "gzip_bomb": "A small compressed file unpacks to more than the limit for one page.",
    "warc_corrupt": "A stretch of a WARC that holds no readable record; records before and after it are loaded.",
    "warc_truncated": "The WARC ends inside a record; records before it are loaded.",
    "warc_mixed_members": "Several records share one gzip member in a file that began with one record each.",
    "no_payload": "The record or row holds no page: its body or its html and text columns are empty.",
    "payload_broken": "The HTTP body cannot be unpacked as its Content-Encoding or Transfer-Encoding says.",
    "sidecar_broken": "A line of pages.jsonl is not a JSON object with a file, or its observed_at is no time.",
    "row_broken": "A row of a page table cannot be parsed.",
    "columns_missing": "A page table has neither an html nor a text column.",
    "table_broken": "A Parquet file whose footer or column data cannot be read.",
}

# Skipped without a reject, because they are no pages; plan() and discover() count them under these names.
SKIPPED: Final[dict[str, str]] = {
    "unknown_kind": "A file in a folder that no source recognises.",
    "not_a_file": "A device, pipe or socket in a folder.",
    "same_folder": "A folder reached a second time through a symbolic link.",
    "warc_record": "A WARC record that is no capture: request, metadata, revisit, warcinfo.",
    "redirect": "An HTTP redirect: its target is a page, it is none.",
    "not_html": "A capture of something else than a page: image, style sheet, script, feed, PDF.",
}
