"""Why a URL was skipped, refused or failed: the codes of ops.fetches.reason, each with its sentence."""

SKIPPED = {
    "address_forbidden": "Its host lies at an address that is not public, or at another one than it did. Nothing was connected to.",
    "robots_disallow": "The site's robots.txt does not allow it.",
    "robots_unreachable": "The site's robots.txt could not be read; until it can, nothing is asked (RFC 9309).",
    "outside": "It leads, by a redirect, to a host that no outlet of sources.toml has.",
    "too_many_redirects": "More than five redirects lead to it.",
    "host_given_up": "Its host has failed five times in a row, or wants to be left alone for longer than a run waits.",
    "name_unresolved": "The name of its host has no address.",
}
REFUSED = {
    "throttled": "HTTP 429 or 503: the host wants to be asked less. Tried again after Retry-After, or after a growing pause.",
    "http_error": "Another HTTP status that is no success: http_status says which.",
}
FAILED = {
    "connection_failed": "No connection could be made, or its certificate does not hold.",
    "connection_lost": "The connection ended before the answer did, or the answer is no HTTP.",
    "too_slow": "The answer took longer than a request may.",
    "too_large": "The body, packed or unpacked, has more bytes than a page may.",
    "payload_broken": "The body does not unpack as its Content-Encoding says.",
    "not_html": "It was found among links to pages and is none; its body was not transferred.",
    "redirect_broken": "A redirect that says no URL of the web to go to.",
}
FETCH_REASONS = SKIPPED | REFUSED | FAILED
