"""The cloak, backwards: which texts a damaged stretch can have been, most likely first.

Every character of a page stands for bytes; a question mark may stand for bytes that were lost. Reading the bytes again with
the glosses taken out gives the text. Where a byte is unknown all that fit are followed, and the character model tells
which of them read as Chinese: a beam search, as in decoders of speech.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from tasks.restoration.changes import Change
from tasks.restoration.cloak.gbk import bytes_of
from tasks.restoration.cloak.glosses import TONED
from tasks.restoration.cloak.page_model import Model
from tasks.restoration.cloak.steps import Reading, continued, ended

# Damage begins at a question mark; in the midst of Chinese it may be a mark as well: then reading it so costs least.
DAMAGE = re.compile(rf"\ufffd|(?<=[^\x00-\x7f)])\?|(?<=[{TONED}]\))\?|\?(?=[^\x00-\x7f]|[{TONED}]{{1,7}}\)|/[a-z]{{1,9}}>)")
BEAM = 150  # texts that are followed at once
MARGIN = 25.0  # of cost behind the best: e^25 times less likely
CALM = 4  # characters without damage after which a stretch has ended
LONGEST = 400  # characters of a stretch; longer ones are left as they are


# Readings that are followed on one page, 2.5 s. A badly damaged headline takes 50,000; damage that takes more than twenty of these is
# left as it is and flagged.
MOST_READINGS = 1_000_000


@dataclass(slots=True)
class Effort:
    """What a page may still cost: without an end to it, 60 KB of nothing but damage took a minute."""

    left: int = MOST_READINGS

    @property
    def is_spent(self) -> bool:
        return self.left <= 0


class CloakedStretch(NamedTuple):
    """Every reading, best first, and where in the page the stretch ends."""

    readings: tuple[Reading, ...]
    end: int


def read_stretch(page: str, start: int, before: str, model: Model, effort: Effort) -> CloakedStretch:
    """What may have stood where the damage at `start` is; `before` is the restored text to its left. No readings: undecidable.

    `effort` is what all stretches of the page may take together; none is followed when it is spent.
    """
    left = before[-2:]
    known = b"".join(map(bytes_of, left))[-2:].rjust(2, b"\0")
    beam: dict[int, list[Reading]] = {start: [Reading(0.0, -1, known[1], known[0], left)]}
    calm, at = 0, start
    while beam and at < min(len(page), start + LONGEST):
        if effort.is_spent:
            return CloakedStretch((), start + 1)
        readings = _best(beam.pop(at, []))
        if readings:
            settled = at > start and not beam and readings[0].pending < 0 and not DAMAGE.match(page, at)
            calm = calm + 1 if settled else 0
            if calm == CALM:
                return _stretch(readings, len(left), at)
            for reading in readings:
                for after, end in continued(reading, page, at, model):
                    beam.setdefault(end, []).append(after)
                    effort.left -= 1
        at += 1
    last = [ended(reading) for reading in beam.get(at, [])] if at == len(page) else []
    return _stretch(_best(last), len(left), at)


def unread(line: str, at: int) -> list[Change]:
    """The first damage from `at` on, flagged: from there on the line was not read, since the page's effort was spent."""
    if found := DAMAGE.search(line, at):
        return [Change(found.start(), found.end(), found[0], "bytes", "damaged too densely: not read from here on", status="flagged")]
    return []


def _best(readings: list[Reading]) -> list[Reading]:
    readings.sort()
    return [reading for reading in readings[:BEAM] if reading.cost < readings[0].cost + MARGIN]


def _stretch(readings: list[Reading], skip: int, end: int) -> CloakedStretch:
    return CloakedStretch(tuple(r._replace(text=r.text[skip:]) for r in readings if r.pending < 0), end)
