"""Names of outlets as they are compared: on a page, in a credit, in a host."""

import re
from functools import lru_cache

from warehouse.search.fold import fold

LETTERS = re.compile(r"[\W_]+")
LEAST_NAME = 2  # letters of a name in dense scripts, twice that in others: shorter ones stand in anything
ENDINGS = re.compile(r"(?:\.(?:com?|net|org|info|gov|edu|news|example|[a-z]{2}))+$")


@lru_cache(maxsize=65_536)
def folded_name(name: str) -> str:
    """Letters and digits alone, in the form of search."""
    return LETTERS.sub("", fold(name))


def host_name(site: str) -> str:
    """What a host calls itself: harbour-post of harbour-post.example."""
    return folded_name(ENDINGS.sub("", site).rpartition(".")[2])


def is_same_outlet(one: str, other: str) -> bool:
    """Whether two folded names mean one outlet: one may have more words around it, such as a town."""
    short, long = sorted((one, other), key=len)
    return len(short) >= (2 * LEAST_NAME if short.isascii() else LEAST_NAME) and (
        short == long or (short in long and 2 * len(short) >= len(long))
    )
