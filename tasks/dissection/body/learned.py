"""The learned weights of this folder: `<stem>_weights.toml`."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tasks.dissection.words.weights import Weights, read_weights, write_weights_to

__all__ = ["Weights", "weights_of", "write_weights"]

FOLDER = Path(__file__).parent


@cache  # blocks ask for their kinds one by one
def weights_of(stem: str, names: Sequence[str]) -> Weights:
    """Those of `<stem>_weights.toml` in the order of `names`. Raises KeyError where it has none for a name: it was not learned anew."""
    return read_weights(FOLDER / f"{stem}_weights.toml", names)


def write_weights(stem: str, names: Sequence[str], weights: Weights, script: str) -> None:
    """The file that weights_of reads."""
    write_weights_to(FOLDER / f"{stem}_weights.toml", names, weights, script)
