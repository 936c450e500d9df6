"""GBK that was read as strict GB2312: characters that only GBK has became U+FFFD, and what follows is read one byte off."""

import re
from typing import Final

_DAMAGE: Final = re.compile("(?<=[\u4e00-\u9fff])(\ufffd+)([^\x00-\x7f\ufffd]*)")
# 李昇 has 95 4E: a decoder rejects the first byte, and the second one is an N.
_LETTER_LEFT: Final = re.compile("(?<=[\u4e00-\u9fff])\ufffd[@-~](?=[\u3000-\u301c\u4e00-\u9fff\uff00-\uffef])")
# Some decoders reject both bytes of a character and stay in step. One character alone can be a lost emoji as well.
_IN_STEP: Final = 2
LEAST_LOST: Final = 2  # characters side by side; three are the six bytes of an emoji that was written as two halves
EMOJI: Final = 3
SHIFT_GAIN: Final = 2.0  # of cost a character by reading one byte on; of 678 simulated names 3 in 4 gain 5.5 and more
LEAST: Final = 2  # characters that a comparison needs


def gb2312_scores(text: str) -> dict[str, float]:
    """gb2312_shifted: stretches behind U+FFFD that read well one byte on, or whose second byte is an ASCII letter;
    gb2312_lost: characters lost without a shift.
    """
    shifted = lost = 0
    if "\ufffd" in text:
        shifted = len(_LETTER_LEFT.findall(text))
        for match in _DAMAGE.finditer(text):
            if len(match[2]) >= LEAST and _is_shifted(match[2]):
                shifted += 1
            elif match[2][:1] >= "\u4e00":
                lost += _lost_in_step(match[1])
    return {"gb2312_shifted": float(shifted), "gb2312_lost": float(lost)}


def is_truncated(text: str) -> bool:
    """Whether U+FFFD in this text are what a decoder of GB2312 makes of the characters that only GBK has."""
    scores = gb2312_scores(text)
    return scores["gb2312_shifted"] + scores["gb2312_lost"] > 0


def _lost_in_step(marks: str) -> int:
    characters, rest = divmod(len(marks), _IN_STEP)
    return characters if not rest and characters >= LEAST_LOST and characters % EMOJI else 0


def _is_shifted(stretch: str) -> bool:
    """Whether the bytes of a stretch, from the second byte on, are much likelier Chinese than as they were read."""
    from tasks.restoration.characters.model import character_model  # 0.2 s: only pages with U+FFFD among Chinese pay for it

    try:
        data = stretch.encode("gb2312")
        moved = data[1 : len(data) - 1].decode("gb18030")
    except UnicodeError:  # holds what no decoder of GB2312 can have written
        return False
    model = character_model()
    return model.cost_of(moved) / len(moved) + SHIFT_GAIN < model.cost_of(stretch) / len(stretch)
