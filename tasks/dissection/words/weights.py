"""Weights that a script of tests/bench has learned and written down: a bias, and what each measure adds to the log-odds."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """A weighted sum of measures, in log-odds."""

    bias: float
    weights: tuple[float, ...]

    def sum_of(self, row: Iterable[float]) -> float:
        return self.bias + float(sum(map(mul, self.weights, row)))


@cache
def read_weights(path: Path, names: Sequence[str]) -> Weights:
    """Those of the file in the order of `names`. Raises KeyError where it has none for a name: it was not learned anew."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Weights(data["bias"], tuple(data["weights"][name] for name in names))


def write_weights_to(path: Path, names: Sequence[str], weights: Weights, script: str) -> None:
    """The file that read_weights reads."""
    head = f"# Written by `python -m {script} --write`: what each measure adds to the log-odds.\nbias = {weights.bias:.4f}\n\n[weights]\n"
    lines = "".join(f"{name} = {weight:.4f}\n" for name, weight in zip(names, weights.weights, strict=True))
    path.write_text(head + lines, encoding="utf-8")
