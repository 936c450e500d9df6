"""A file that is one page: its bytes, with what a sidecar or the file system knows about it."""

from tasks.sources.binary import refuse_binary
from tasks.sources.file_bytes import mtime_ns_of, read_file
from tasks.sources.media_type import charset_of, media_type_of
from tasks.sources.observed import from_mtime_ns
from tasks.sources.page import Page, PageRef


def page_of_file(ref: PageRef, max_bytes: int, *, is_text: bool) -> Page:
    """The page that the file at `ref` is. Raises PageUnreadable with a reason of REASONS."""
    body = read_file(ref.path, max_bytes)
    refuse_binary(body, ref.path)
    content_type = next((value for name, value in ref.headers if name.lower() == "content-type"), None)
    return Page(
        ref=ref,
        body=body,
        url=ref.url,
        url_source="sidecar" if ref.url else None,
        observed_at=ref.observed_at or from_mtime_ns(mtime_ns_of(ref.path)),
        observed_source="sidecar" if ref.observed_at else "mtime",
        is_text=is_text,
        media_type=media_type_of(content_type) or ("text/plain" if is_text else "text/html"),
        http_charset=charset_of(content_type),
        headers=ref.headers,
    )
