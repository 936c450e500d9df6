"""Names of outlets as they are compared: on a page, in a credit, in a host."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from warehouse.search.fold import fold

LETTERS = re.compile(r"[\W_]+")
LEAST_NAME = 2  # letters of a name in dense scripts, twice that in others: shorter ones stand in anything
MOST_NAME = 64  # letters, as a label of a host has at most: of a longer name nothing is the same but itself
KEPT = 4_096  # folded names: of articles that are decided together
ENDINGS = re.compile(r"(?:\.(?:com?|net|org|info|gov|edu|news|example|[a-z]{2}))+$")


@lru_cache(maxsize=KEPT)
def folded_name(name: str) -> str:
    """Letters and digits alone, in the form of search."""
    return LETTERS.sub("", fold(name))


def host_name(site: str) -> str:
    """What a host calls itself: harbour-post of harbour-post.example."""
    return folded_name(ENDINGS.sub("", site).rpartition(".")[2])


def is_same_outlet(one: str, other: str) -> bool:
    """Whether two folded names mean one outlet: one may have more words around it, such as a town."""
    short, long = sorted((one, other), key=len)
    return _is_name(short) and (short == long or (short in long and len(long) <= min(2 * len(short), MOST_NAME)))


class CalledSites:
    """Sites by the folded names that they are called. Asked which of them a name means, it compares the name's parts with theirs, and not
    each name with each: a story may stand on a thousand sites."""

    def __init__(self, called: Mapping[str, Collection[str]]) -> None:
        self._by_name: dict[str, set[str]] = {}
        self._by_part: dict[str, set[str]] = {}
        for site, names in called.items():
            for name in filter(_is_name, names):
                self._by_name.setdefault(name, set()).add(site)
        for name, sites in self._by_name.items():
            for part in _parts(name):
                self._by_part.setdefault(part, set()).update(sites)
        self._known: dict[frozenset[str], frozenset[str]] = {}

    def meant(self, names: Iterable[str]) -> frozenset[str]:
        """The sites that any of these means, as is_same_outlet says."""
        asked = frozenset(filter(_is_name, names))
        if asked not in self._known:
            found = [self._by_part.get(name, set()) for name in asked]
            found += [self._by_name[part] for name in asked for part in _parts(name) if part in self._by_name]
            self._known[asked] = frozenset().union(*found)
        return self._known[asked]


def _is_name(name: str) -> bool:
    return len(name) >= (2 * LEAST_NAME if name.isascii() else LEAST_NAME)


def _parts(name: str) -> Iterator[str]:
    """The name, and what it has more words around: at least half of it."""
    yield name
    if len(name) <= MOST_NAME:
        for length in range(-(-len(name) // 2), len(name)):
            yield from filter(_is_name, (name[start : start + length] for start in range(len(name) - length + 1)))
