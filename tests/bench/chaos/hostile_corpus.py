"""Hostile files, each recipe in a folder of its own, so that a row, a reject or a count can be traced to it."""

import random
from collections.abc import Callable
from pathlib import Path

from tests.bench.chaos.hostile_files import BY_CONTENT
from tests.bench.chaos.hostile_names import BY_NAME, Made
from tests.bench.chaos.mutant_corpus import Corpus
from tests.bench.chaos.stories import story

RECIPES: tuple[Callable[[Path, random.Random], Made], ...] = (*BY_NAME, *BY_CONTENT)
GOOD = 20  # pages beside them, which load whatever stands around


def write_hostile(folder: Path, count: int, seed: int) -> tuple[Corpus, Corpus]:
    """Two corpora of `count` recipes in all: one of which every record is counted, one of which at least so many come."""
    dice = random.Random(seed)
    counted, uncounted = Corpus([folder / "counted"]), Corpus([folder / "uncounted"])
    for number in range(count):
        recipe = RECIPES[number % len(RECIPES)]
        place = folder / "making" / f"{number:04d}-{recipe.__name__}"
        place.mkdir(parents=True)
        made = recipe(place, dice)
        corpus = counted if made.is_exact else uncounted
        corpus.paths[0].mkdir(exist_ok=True)
        place.rename(corpus.paths[0] / place.name)
        corpus.records += made.records
        corpus.recipes[place.name] = [recipe.__name__] * made.records
    for corpus in (counted, uncounted):
        corpus.paths[0].mkdir(exist_ok=True)
        for number in range(GOOD):
            (corpus.paths[0] / f"good-{number}.html").write_text(story(10**9 + number))
        corpus.records += GOOD
    return counted, uncounted


def untraced(corpus: Corpus, uris: list[str]) -> list[str]:
    """Folders of recipes of which neither a capture nor a reject tells; what is passed over is among them."""
    traced = {uri.split("/", 1)[0] for uri in uris}
    return [name for name in corpus.recipes if name not in traced]
