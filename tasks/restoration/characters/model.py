"""How likely a Chinese character is after two others: what tells the candidates for a lost byte apart."""

import math
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "zh_news.npz"
BITS = 14  # of a character's number: 16,384 characters
STEPS = 8.0  # logarithms of counts are kept in steps of 1/8
LEAST = 0.02  # count of a character that was never seen
KINDS = 4500.0  # characters that newspapers use; the mass that unseen ones share
FULL_WIDTH = {",": "，", ":": "：", "?": "？", "!": "！", ";": "；", "(": "（", ")": "）"}
START = "\n"


class CharacterModel:
    """Trigrams with Witten-Bell smoothing over Simplified characters; digits are one class, Latin letters another."""

    def __init__(self, path: Path = DATA) -> None:
        """Raises FileNotFoundError, which is a fault of the installation, where the data is missing."""
        with np.load(path) as data:
            self._numbers = {char: number for number, char in enumerate(str(data["chars"]))}
            self._single = _counts(data["single"])
            self._pairs, self._pair_counts = np.cumsum(data["pairs"], dtype=np.uint64), _counts(data["pair_counts"])
            self._triples, self._triple_counts = np.cumsum(data["triples"], dtype=np.uint64), _counts(data["triple_counts"])
        self._total = float(self._single.sum()) + KINDS
        self.cost = lru_cache(maxsize=1 << 17)(self._cost)

    def rank(self, char: str) -> int:
        """Place among all characters by how often newspapers print them, 0-based; behind all others where it is unknown."""
        return self._numbers.get(char, len(self._numbers))

    def _cost(self, first: str, second: str, char: str) -> float:
        """-ln P(char | first second); natural units, so that a difference of 4 is 55 to 1."""
        a, b, c = (self._numbers.get(class_of(one), -1) for one in (first, second, char))
        known = float(self._single[c]) if c >= 0 else 0.0
        chance = (known + LEAST) / self._total
        if b >= 0:
            after_one = _after(self._pairs, self._pair_counts, b, c, chance)
            after_two = after_one
            if a >= 0:
                after_two = _after(self._triples, self._triple_counts, (a << BITS) | b, c, after_one)
            # the larger source of pairs has no marks: behind a frequent pair they would look rarer than they are
            chance = after_two if "\u4e00" <= char <= "\u9fff" else (after_one + after_two) / 2
        return -math.log(chance)

    def cost_of(self, text: str, before: str = START * 2) -> float:
        """Of a whole text that stands behind the last two characters of `before`."""
        whole = (START * 2 + before)[-2:] + text
        return sum(self.cost(whole[i - 2], whole[i - 1], whole[i]) for i in range(2, len(whole)))


@cache
def character_model() -> CharacterModel:
    """The shipped model, read once per process: 60 ms."""
    return CharacterModel()


@lru_cache(maxsize=1 << 15)
def class_of(char: str) -> str:
    """What stands for a character in the model."""
    if char.isascii():
        if char.isdigit():
            return "0"
        return "A" if char.isalpha() else FULL_WIDTH.get(char, char)
    return char


def _counts(logs: "np.ndarray[tuple[int], np.dtype[np.uint8]]") -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.exp(logs.astype(np.float64) / STEPS)


def _after(keys: "np.ndarray[tuple[int], np.dtype[np.uint64]]", counts: "np.ndarray[tuple[int], np.dtype[np.float64]]",
           context: int, char: int, shorter: float) -> float:  # fmt: skip
    """P(char | context), shared out with the shorter context by how many kinds follow it."""
    low, high = np.searchsorted(keys, np.array((context << BITS, (context + 1) << BITS), dtype=np.uint64))
    kinds = 2.0 * int(high - low)
    if not kinds:
        return shorter
    seen = 0.0
    if char >= 0:
        at = int(np.searchsorted(keys[low:high], np.uint64((context << BITS) | char))) + int(low)
        if at < high and int(keys[at]) == (context << BITS) | char:
            seen = float(counts[at])
    return (seen + kinds * shorter) / (float(counts[low:high].sum()) + kinds)
