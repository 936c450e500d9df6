"""Texts of our own that tests make copies of: sentences of words that mean nothing, in Latin letters and in Chinese characters."""

import random

SYLLABLES = (
    "ba", "be", "bin", "bor", "cal", "dan", "del", "dor", "fen", "gar", "hal", "hem", "jun", "kel", "lam", "lin", "mar", "mon", "nor",
    "ost", "pel", "quin", "ral", "sen", "tam", "tor", "ul", "van", "wes", "yor",
)  # fmt: skip
ROWS, CELLS = (0xB0, 0xD7), (0xA1, 0xF9)  # of GB 2312, where the common characters are


def report(number: int, lang: str = "en", paragraphs: int = 6) -> str:
    """A report that no other number has: its words are put together by chance."""
    dice = random.Random(f"{lang} {number}")
    return "\n".join(_english(dice) if lang == "en" else _chinese(dice) for _ in range(paragraphs))


def _english(dice: random.Random) -> str:
    sentences = (" ".join("".join(dice.choices(SYLLABLES, k=dice.choice((1, 2, 2, 3)))) for _ in range(14)) for _ in range(4))
    return " ".join(f"{sentence.capitalize()}." for sentence in sentences)


def _chinese(dice: random.Random) -> str:
    def letter() -> str:
        return bytes((dice.randrange(*ROWS), dice.randrange(*CELLS))).decode("gb2312", "replace")

    return "".join("".join(letter() for _ in range(18)) + "。" for _ in range(4))
