"""Why a capture has the time it has, where that needs saying: a crawler has told one, and it cannot be read."""

from tasks.dissection.findings import Candidate, Finding
from tasks.sources.page import Page


def time_finding(page: Page) -> tuple[Finding, ...]:
    """The evidence of observed_at where columns that should tell it are no times, and the file's own took their place; else none."""
    if not page.unread_times:
        return ()
    candidates = [Candidate(f"column:{name}", value, "refused: no time, or one that could be two") for name, value in page.unread_times]
    own = Candidate(page.observed_source, page.observed_at.isoformat(), "won")
    reason = f"{', '.join(name for name, _ in page.unread_times)} cannot be read as a time"
    return (Finding("observed_at", own.value, own.source, reason, (*candidates, own)),)
