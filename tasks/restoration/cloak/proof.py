"""Which readings of a damaged line are the line: those that give it again when they are cloaked."""

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks.restoration.cloak.forward import cloak
from tasks.restoration.cloak.glosses import readings_of
from tasks.restoration.cloak.steps import LOST, Reading

TRIES = 300  # combinations of readings of one line that are cloaked again
ENOUGH = 8  # proofs after which no more are looked for: the next are e^12 times less likely or as many as can be stored
FAR = 12.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading for every stretch of a line; `share` is its part of the likelihood of all that stand beside it."""

    readings: tuple[Reading, ...]
    is_proved: bool
    share: float


def choose(line: str, plain: Sequence[str], stretches: Sequence[Sequence[Reading]], readings: Mapping[str, str]) -> list[Choice]:
    """Choices for a line, best first: the proved ones, or the likeliest ones where none can be proved.

    `plain` is the text before, between and behind the stretches, `readings` the dictionary of the page.
    """
    proved: list[tuple[float, tuple[Reading, ...]]] = []
    likely: list[tuple[float, tuple[Reading, ...]]] = []
    for tries, (cost, chosen) in enumerate(_combinations(stretches)):
        if tries == TRIES or len(proved) == ENOUGH or (proved and cost > proved[0][0] + FAR):
            break
        if len(likely) < ENOUGH and (not likely or cost < likely[0][0] + FAR):
            likely.append((cost, chosen))
        if gives(line, plain, chosen, readings):
            proved.append((cost, chosen))
    choices = proved or likely
    total = sum(math.exp(choices[0][0] - cost) for cost, _ in choices)
    return [Choice(chosen, bool(proved), math.exp(choices[0][0] - cost) / total) for cost, chosen in choices]


def gives(line: str, plain: Sequence[str], chosen: Sequence[Reading], readings: Mapping[str, str]) -> bool:
    """Whether the text cloaked again is the line; what was lost for good may have been anything that is swallowed."""
    text = plain[0] + "".join(reading.text + after for reading, after in zip(chosen, plain[1:], strict=True))
    glossed = dict(readings)
    for reading in chosen:
        glossed.update((char, (readings_of(char) or ("",))[0]) for char in reading.glossed)
    text = text.replace(LOST, "0")
    variants = ((halved, euro) for halved in (True, False) for euro in (True, False))
    return any(cloak(text, glossed, is_halved=halved, has_euro=euro) == line for halved, euro in variants)


def _combinations(stretches: Sequence[Sequence[Reading]]) -> Iterator[tuple[float, tuple[Reading, ...]]]:
    """One reading of each stretch, in the order of their cost together."""
    if not all(stretches):
        return
    first = (0,) * len(stretches)
    heap = [(sum(s[0].cost for s in stretches), first)]
    seen = {first}
    while heap:
        cost, chosen = heapq.heappop(heap)
        yield cost, tuple(stretch[at] for stretch, at in zip(stretches, chosen, strict=True))
        for number, at in enumerate(chosen):
            following = (*chosen[:number], at + 1, *chosen[number + 1 :])
            if at + 1 < len(stretches[number]) and following not in seen:
                seen.add(following)
                step = stretches[number][at + 1].cost - stretches[number][at].cost
                heapq.heappush(heap, (cost + step, following))
