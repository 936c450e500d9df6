"""Names of outlets as they are compared: on a page, in a credit, in a host."""

import re
from collections.abc import Collection, Iterator, Mapping
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
        self._known: dict[str, list[set[str]]] = {}

    def meant(self, name: str) -> list[set[str]]:
        """The sites that it means, as is_same_outlet says, in sets that other names mean too: where a story's sites all bear one name, each
        of them may credit it in other words."""
        if name not in self._known:
            found = [self._by_name[part] for part in _parts(name) if part in self._by_name] if _is_name(name) else []
            self._known[name] = [self._by_part[name], *found] if name in self._by_part else found
        return self._known[name]


def _is_name(name: str) -> bool:
    return len(name) >= (2 * LEAST_NAME if name.isascii() else LEAST_NAME)


def _parts(name: str) -> Iterator[str]:
    """The name, and what it has more words around: at least half of it."""
    yield name
    if len(name) <= MOST_NAME:
        for length in range(-(-len(name) // 2), len(name)):
            yield from filter(_is_name, (name[start : start + length] for start in range(len(name) - length + 1)))
