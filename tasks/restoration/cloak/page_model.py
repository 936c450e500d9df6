"""The character model together with what stands intact on the page: names and terms of the day that no shipped model knows."""

import math
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from tasks.restoration.characters.model import CharacterModel

WEIGHT = 0.3  # of the page's own text in a character's chance
MOST_CHARS = 2_000_000  # of intact text that are counted


class Model(Protocol):
    """What a search asks: -ln P(char | first second)."""

    def cost(self, first: str, second: str, char: str) -> float: ...


class PageModel:
    """Costs as CharacterModel's, lower for what the intact text says after the same two characters."""

    def __init__(self, model: CharacterModel, intact: str) -> None:
        text = intact[:MOST_CHARS]
        self._model = model
        self._contexts, self._pairs = Counter(text), Counter(pairwise(text))
        self._triples = Counter(zip(text, text[1:], text[2:], strict=False))
        self.cost = lru_cache(maxsize=1 << 16)(self._cost)

    def _cost(self, first: str, second: str, char: str) -> float:
        shipped = self._model.cost(first, second, char)
        seen = self._pairs[second, char]
        if not seen:
            return shipped
        after_one = seen / (self._contexts[second] + 1)
        after_two = self._triples[first, second, char] / (self._pairs[first, second] + 1)
        return -math.log((1 - WEIGHT) * math.exp(-shipped) + WEIGHT * (after_one + after_two) / 2)
