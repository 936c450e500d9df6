"""Moments as they are written in ISO 8601."""

from datetime import UTC, datetime


def iso_moment(text: str) -> datetime | None:
    """The day or moment, in UTC where it says no zone; None for what is none, such as a month alone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
