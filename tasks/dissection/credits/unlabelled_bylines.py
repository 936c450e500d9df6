"""Bylines without a word for it: names near the headline that learned weights tell to be the author's (tests/bench/learn_byline.py)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.dissection.credits.near_names import NAMES, NearName, near_names
from tasks.dissection.markup.headline import NearText
from tasks.dissection.markup.outlet import Outlet
from tasks.dissection.words.weights import read_weights

WEIGHTS = Path(__file__).parent / "byline_weights.toml"
LEAST = -0.3  # log-odds from which a name is taken
BESIDE = 4  # runs between two authors of one article: what joins them, and a job


def unlabelled_bylines(pieces: Sequence[NearText], outlet: Outlet, headline: str, body: str) -> Iterator[tuple[str, str, list[str]]]:
    """The likeliest name, and those beside it that are likely too."""
    weights = read_weights(WEIGHTS, NAMES)
    told = [(weights.sum_of(near.measures), near) for near in near_names(pieces, outlet, headline, body)]
    likely = [(chance, near) for chance, near in told if chance >= LEAST]
    if likely:
        best = max(likely, key=lambda item: item[0])[1]
        together = _together(best, [near for _, near in likely])
        names = dict.fromkeys(name for near in together for name in near.names)
        yield "unlabelled", " ".join(near.text for near in together), list(names)


def _together(best: NearName, likely: Sequence[NearName]) -> list[NearName]:
    """Those in a row with the best one."""
    held = [best]
    for near in likely:
        if near is not best and min(abs(near.distance - other.distance) for other in held) <= BESIDE and near.distance * best.distance > 0:
            held.append(near)
    return sorted(held, key=lambda near: near.distance)
