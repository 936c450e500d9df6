"""What a mirror's disguise leaves in a text, where it is too little for the page to be known as disguised by itself: told by its origin."""

from collections.abc import Iterator
from itertools import pairwise

from tasks.relation.alignment import alike
from tasks.relation.letters import ComparedText

LONGEST_READING = 6  # letters of one in pinyin: zhuang
LONGEST_DAMAGE = 40  # letters; what is broken for longer restoration knows by itself
LEAST_LATE = 2  # characters that stood there; chance has one of forty out of 24,000. Folding may have changed the others


def is_damaged(one: ComparedText, other: ComparedText) -> bool:
    """Whether `other` is `one` but for one place, which has a reading pushed in behind a character, or bytes that were read one late.

    Of the second either may be the damaged one.
    """
    before = alike(one.codes, other.codes)
    behind = alike(one.codes[before:][::-1], other.codes[before:][::-1])
    was, came = str(one)[before : len(one) - behind], str(other)[before : len(other) - behind]
    if not came or max(len(was), len(came)) > LONGEST_DAMAGE:
        return False
    if not was:
        return len(came) <= LONGEST_READING and came.isascii() and came.isalpha() and before > 0 and bool(other.is_dense[before - 1])
    return sum(each in was for each in _read_late(came)) >= LEAST_LATE


def _read_late(text: str) -> Iterator[str]:
    """The characters that the halves of neighbours make: of a text that was read a byte late those that stood there."""
    halves = [character.encode("gb18030") for character in text]
    for one, other in pairwise(halves):
        try:
            yield (one[-1:] + other[:1]).decode("gb18030")
        except UnicodeDecodeError:
            continue
