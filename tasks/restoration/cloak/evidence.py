"""The same words, intact elsewhere: what decides between readings of a damaged stretch before any model does."""

import re

from tasks.restoration.characters.model import character_model
from tasks.restoration.cloak.forward import HALVED
from tasks.restoration.cloak.page_model import PageModel
from tasks.restoration.cloak.steps import LOST

LEAST_KNOWN = 5  # Chinese characters that a reading and what stands left of it have to share with the intact text
LEFT = 8  # characters to the left that are compared, or the line up to there
_HAN = re.compile("[\u4e00-\u9fff]")


class Intact:
    """Undamaged text of the page, and of pages that are known, in Simplified characters."""

    def __init__(self, text: str) -> None:
        self._text = text.translate(HALVED)  # the same words, whatever the width of their marks
        self.model = PageModel(character_model(), text)

    def completed(self, left: str, reading: str) -> str | None:
        """The reading as it stands intact behind the same words, erased characters filled in; None where nothing says it."""
        reading, left = reading.split("<", 1)[0].translate(HALVED), left.translate(HALVED)
        for length in (LEFT, LEFT // 2):
            context = left[-length:]
            if len(_HAN.findall(context + reading)) < LEAST_KNOWN:
                return None
            if LOST not in reading:
                if context + reading in self._text:
                    return reading
            elif found := self._filled(context, reading):
                return found
        return None

    def _filled(self, context: str, reading: str) -> str | None:
        pattern = re.escape(context) + "(" + re.escape(reading).replace(LOST, r"[^\n<]") + ")"
        found = {match[1] for match in re.finditer(pattern, self._text)}
        return found.pop() if len(found) == 1 else None
