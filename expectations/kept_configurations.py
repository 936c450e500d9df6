"""GX 1.24 builds an expectation's configuration anew for every value of it that it asks for: 5,200 times for the 54 of a batch.

That was two fifths of what judging costs. While suites are run each expectation builds its own once; GX copies those that it changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from great_expectations.expectations.expectation import Expectation


@contextmanager
def configurations_kept() -> Iterator[None]:
    """Keep what `configuration` gives while inside, of objects that nobody changes meanwhile; one thread at a time."""
    built = Expectation.configuration
    kept: dict[int, tuple[Any, Any]] = {}  # with the object, so that no other gets its id

    def configuration(expectation: Any) -> Any:
        if id(expectation) not in kept:
            kept[id(expectation)] = (expectation, built.fget(expectation))
        return kept[id(expectation)][1]

    Expectation.configuration = property(configuration)
    try:
        yield
    finally:
        Expectation.configuration = built
