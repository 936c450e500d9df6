"""Texts that are copies of nothing: words by chance, sentences of many others; and texts misread."""

import random
import re
from collections.abc import Sequence

from tasks.relation.letters import LEAST_EXCERPT, letters_of

REACH = 3  # sentences
NEIGHBOURS, MOST_OF_ONE = 8, 2  # texts of the same topic that an unrelated page has sentences of, and of each of them
SENTENCE_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+|\n+")


def pieces_of(text: str) -> list[str]:
    """Words, or of a script without spaces pairs of characters."""
    words = text.split()
    return words if len(text) < 12 * len(words) else [text[at : at + 2] for at in range(0, len(text), 2)]


def sentences_of(text: str) -> list[str]:
    """Those that are too short to be excerpts."""
    found = (sentence.strip() for sentence in SENTENCE_END.split(text))
    return [each for each in found if len(each) >= 12 and (of := letters_of(each.lower())).weight(0, len(of)) <= 0.7 * LEAST_EXCERPT]


def recombined(texts: Sequence[Sequence[str]], length: int, dice: random.Random, told: set[tuple[str, str]]) -> str:
    """Sentences of many texts, one after the other of another; empty where there are too few texts, or one would give much of the page.

    `told`: sentences that stood within REACH in pages before this one, and do not again: two of them are a passage that is an excerpt.
    """
    if len(texts) < NEIGHBOURS:
        return ""
    drawn = [dice.sample(list(text), min(len(text), MOST_OF_ONE)) for text in texts]
    dice.shuffle(drawn)
    rounds = (text[at] for at in range(MOST_OF_ONE) for text in drawn if at < len(text))
    out: list[str] = []
    for sentence in rounds:
        if sum(map(len, out)) >= length:
            break
        if not any((before, sentence) in told for before in out[-REACH:]):
            told.update((before, sentence) for before in out[-REACH:])
            out.append(sentence)
    return "\n".join(" ".join(out[at : at + 4]) for at in range(0, len(out), 4))


def salad(pieces: Sequence[str], length: int, dice: random.Random) -> str:
    """A text that nobody else has: words of the language in an order of chance."""
    out: list[str] = []
    while sum(map(len, out)) < length:
        out += [" ".join(dice.choices(pieces, k=12))]
    return " ".join(out)[:length]


def noisy(text: str, share: float, dice: random.Random) -> str:
    """Letters misread, lost and doubled, as a scan of a newspaper has them."""
    out = []
    for letter in text:
        chance = dice.random() / share
        if chance >= 1:
            out.append(letter)
        elif chance < 0.6:
            out.append(dice.choice(text))
        elif chance < 0.8:
            out += [letter, dice.choice(text)]
    return "".join(out)
