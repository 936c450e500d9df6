"""Addresses of views, and numbers in them."""

from typing import Any
from urllib.parse import urlencode

MOST_DIGITS = 9  # of a number in an address


def address(view: str, **values: Any) -> str:
    """The URL of a view relative to its neighbours, with the values that are given."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return f"{view or './'}{'?' if given else ''}{urlencode(given)}"


def number(text: str | None) -> int:
    """What a parameter says; 0 where it is no number, or none of rows."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
