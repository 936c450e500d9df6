"""Readers of the lexicon of dialogues: which side of an interview a label is of."""

from collections.abc import Callable

from tasks.dissection.dialogue.body_lines import BodyLine
from tasks.dissection.dialogue.emphasis import Emphasis
from tasks.dissection.dialogue.named_sides import word_sides
from tasks.dissection.dialogue.turn_labels import read_label

NOTHING = Emphasis(frozenset())
SIDES = ("question", "answer")


def of_side(side: str) -> Callable[[str, str], bool]:
    """Single letters mean one side in one language and the other in another: they are told in pairs."""

    def is_read(word: str, _: str) -> bool:
        label = read_label(f"{word}: Who says so?", NOTHING)
        return label is not None and label.side in ((side,) if word[1:] else SIDES)

    return is_read


def is_pair(pair: str, _: str) -> bool:
    asks, answers = (f"{letter}: Is the bridge open?" for letter in pair.split())
    lines = [BodyLine(0, len(text), text, label=read_label(text, NOTHING), has_question=True) for text in (asks, answers) * 2]
    return len(word_sides(lines)) == 2
