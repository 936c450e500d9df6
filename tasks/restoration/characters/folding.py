"""Traditional characters back to Simplified ones, as changes."""

from collections.abc import Iterator

from tasks.restoration.changes import Change
from tasks.restoration.characters.scripts import to_simplified, traditional, with_origins


def script_changes(text: str) -> list[Change]:
    """A change for every run of characters that are written otherwise in Simplified Chinese; proved where it converts back."""
    simplified = with_origins(to_simplified(text))
    return [
        Change(start, end, after, "script", is_proved="".join(map(traditional, after)) == text[start:end])
        for start, end in _differing(text, simplified)
        if (after := simplified[start:end])
    ]


def _differing(one: str, other: str) -> Iterator[tuple[int, int]]:
    start = -1
    for at, (a, b) in enumerate(zip(one, other, strict=True)):
        if a != b and start < 0:
            start = at
        elif a == b and start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(one)
