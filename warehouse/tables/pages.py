from warehouse.tables.contract import HEX16, Contract, instant
from warehouse.without_sqlalchemy import dataframely as dy

URL_SOURCES = ("sidecar", "warc", "table", "canonical", "og:url", "file", "text")
OBSERVED_SOURCES = ("sidecar", "warc", "table", "mtime", "header")
SOURCE_KINDS = ("html_folder", "warc", "text_extract", "page_table")


class Pages(Contract):
    """raw.pages: one capture of one URL, with a pointer to its bytes."""

    TABLE = "raw.pages"
    GRAIN = "one capture: (url, payload digest)"

    page_id = dy.String(primary_key=True, regex=HEX16, description="Key of the capture: hash of URL and payload digest.")
    url = dy.String(min_length=1, description="URL the page was captured at, as url_source tells it.")
    url_source = dy.Enum(URL_SOURCES, description="What told the URL: the sidecar, WARC or table, the page itself, or its file name.")
    canonical_url = dy.String(nullable=True, description="URL the page names as its own (rel=canonical or og:url), absolute.")
    host = dy.String(description="Host of url, lower case, without port; empty for file: URLs.")
    observed_at = instant("Moment at which a crawler saw the page; never a time the article claims.")
    observed_source = dy.Enum(OBSERVED_SOURCES, description="What told observed_at; mtime is the weakest: the time of the file.")
    digest = dy.String(regex="^sha1:[A-Z2-7]{32}$", description="SHA-1 of the payload in Base32, as in WARC-Payload-Digest.")
    byte_count = dy.Int64(min=0, description="Payload size in bytes.")
    http_status = dy.Int16(nullable=True, description="HTTP status of the capture where the source kept it.")
    media_type = dy.String(nullable=True, description="Media type as declared, without parameters, such as text/html.")
    charset = dy.String(nullable=True, description="Charset the payload was decoded with; null where it was no text.")
    charset_source = dy.String(nullable=True, description="What decided the charset: bom, utf-8, detector, http, meta or sidecar.")
    source_kind = dy.Enum(SOURCE_KINDS, description="Kind of source the page came from.")
    source_uri = dy.String(min_length=1, description="File the page came from, relative to the path ingested.")
    source_offset = dy.Int64(
        min=0, description="Where in that file: byte offset of the record, or row of a Parquet table; 0 for whole files."
    )
    warc_uri = dy.String(
        min_length=1, description="WARC file that holds the bytes: relative to the home folder where it lies in it, else absolute."
    )
    warc_offset = dy.Int64(min=0, description="Byte offset of the capture's record in warc_uri.")
    run_id = dy.String(regex=HEX16, description="Run that loaded the row; ops.runs.")
    observed_after = instant(
        "Newest moment that anything on the page proves, where no crawler has told observed_at: the page was seen after it.", nullable=True
    )  # last, since a column is added at the end
