"""What `broadsheet doctor` says of one thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was looked at. `todo` is what to do about it, None where all is well."""

    what: str
    found: str
    todo: str | None = None
