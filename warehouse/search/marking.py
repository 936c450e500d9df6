"""Where in a text that is shown something stands that was asked for, in whatever form it is written there."""

import re
from collections.abc import Iterator, Sequence

from warehouse.search.fold import fold


def pieces(text: str, asked: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and of each whether it is one of `asked`: folded texts and terms of search.wanted. A single letter marks nothing,
    a single character of another script does."""
    folds = [fold(char) for char in text]
    places = [at for at, form in enumerate(folds) for _ in form]  # of each folded character
    wanted = "|".join(re.escape(word) for word in sorted(asked, key=len, reverse=True) if len(word) > 1 or not word.isascii())
    done = 0
    for found in re.finditer(wanted, "".join(folds)) if wanted else ():
        first, behind = places[found.start()], places[found.end() - 1] + 1
        yield text[done:first], False
        yield text[first:behind], True
        done = behind
    yield text[done:], False
