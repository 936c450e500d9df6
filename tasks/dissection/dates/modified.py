"""When the article was last changed, where that says more than its publication (docs/decisions/0012)."""

from datetime import timedelta

from tasks.dissection.dates.weighing import WeighedDate, agree
from tasks.dissection.words.zones import zone_info

LEAST_CHANGE = timedelta(minutes=1)  # systems touch an article once more while they publish it
BEFORE, NO_NEWS = "refused: before publication", "refused: says no more than the publication"


def choose_change(changes: list[WeighedDate], published: WeighedDate | None, precision: str | None) -> WeighedDate | None:
    """The most trusted change that lies after publication, or within its minute where readers are shown it as a change."""
    winner = None
    for offer in changes:
        if offer.at is None:
            continue
        if reason := _no_change(offer, published, precision):
            shows_as_much = reason == NO_NEWS and any(o.dated.source == "visible" and agree(o, offer) for o in changes)
            if not shows_as_much:
                offer.verdict = reason
                continue
        if winner is None:
            winner, offer.verdict = offer, "won"
        elif agree(offer, winner):
            offer.verdict = "agrees"
    return winner


def _no_change(change: WeighedDate, published: WeighedDate | None, precision: str | None) -> str | None:
    """Why a candidate is no change: by the minute where both have one, else by the day where the outlet is."""
    if published is None or published.at is None or change.at is None:
        return None
    if change.has_minute and precision == "minute":
        after = change.at - published.at
        return BEFORE if after < -LEAST_CHANGE else NO_NEWS if after < LEAST_CHANGE else None
    zone = zone_info(published.zone.name)
    days = (change.at.astimezone(zone).date() - published.at.astimezone(zone).date()).days
    return BEFORE if days < 0 else NO_NEWS if days == 0 and not change.has_minute else None
