from warehouse.tables.contract import HEX16, Contract, instant
from warehouse.tables.runs import Runs
from warehouse.without_sqlalchemy import dataframely as dy

ASKED_KINDS = ("robots", "feed", "sitemap", "front", "list", "page")
FETCH_OUTCOMES = ("new", "changed", "unchanged", "redirected", "refused", "failed", "skipped")


class Fetches(Contract):
    """ops.fetches: one request of a harvest, or one URL that was not asked for, with why."""

    TABLE = "ops.fetches"
    GRAIN = "one request of a harvest, or one URL that was skipped and had not been for this reason before"
    PARENT = Runs

    fetch_id = dy.String(primary_key=True, regex=HEX16, description="Hash of the run and the number of the request in it.")
    run_id = dy.String(regex=HEX16, description="Harvest that asked; ops.runs.")
    outlet_id = dy.String(description="Outlet it was asked for; core.outlets.")
    url = dy.String(min_length=1, description="URL asked for, without fragment.")
    host = dy.String(description="Host of url, lower case, without port.")
    kind = dy.Enum(ASKED_KINDS, description="What the URL was taken for: a list of links of one of these kinds, a page, or robots.txt.")
    found_on = dy.String(nullable=True, description="URL that named it: a feed, sitemap or list page, or one that redirected to it.")
    requested_at = instant("When the request was sent, or the URL skipped.")
    seconds = dy.Float64(min=0, description="Seconds until the answer was complete; 0 where nothing was sent.")
    outcome = dy.Enum(
        FETCH_OUTCOMES,
        description="new, changed: a payload that this URL did not have before. unchanged: HTTP 304, or the payload it had. redirected. "
        "refused: HTTP status 4xx or 5xx. failed: no whole answer. skipped: nothing was sent.",
    )
    reason = dy.String(nullable=True, description="Why it was skipped, refused or failed, in a short code; null otherwise.")
    detail = dy.String(nullable=True, description="The reason in a sentence: what was expected and what came.")
    http_status = dy.Int16(nullable=True, description="HTTP status of the answer; null where none came.")
    attempt = dy.Int32(min=1, description="1 for the first try in the run, more after 429, 503 and lost connections.")
    address = dy.String(nullable=True, description="IP address that was connected to.")
    wire_bytes = dy.Int64(min=0, description="Bytes of the body as they were transferred; 0 for HTTP 304.")
    body_bytes = dy.Int64(nullable=True, min=0, description="Bytes of the body, unpacked; null where none was kept.")
    digest = dy.String(
        nullable=True,
        regex="^sha1:[A-Z2-7]{32}$",
        description="Payload that the URL has since its last answer; with url it leads to raw.pages.",
    )
    etag = dy.String(nullable=True, description="ETag of that payload, sent with the next request.")
    last_modified = dy.String(nullable=True, description="Last-Modified of that payload as the server wrote it, sent next time.")
    location = dy.String(nullable=True, description="Where a redirect leads, absolute.")
    warc_uri = dy.String(nullable=True, description="WARC file with the response that brought the payload, relative to the home folder.")
    warc_offset = dy.Int64(nullable=True, min=0, description="Byte offset of that record.")
    interval_seconds = dy.Int64(
        nullable=True, min=0, description="Seconds until it is asked again: fewer after a change, more without one."
    )
    due_at = instant("From when on it is asked again; null where it is not, since it is settled or gone.", nullable=True)
    lastmod_at = instant(
        "When it was changed last, as the sitemap said that named it; null where none did, or none said it.", nullable=True
    )
