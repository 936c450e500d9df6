"""The lines of a body with what tells a turn: a label, a dash, emphasis, a question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.dissection.dialogue.emphasis import Emphasis
from tasks.dissection.dialogue.turn_labels import TurnLabel, inner_label, read_label
from tasks.dissection.words.sentences import SENTENCE_END

_CLOSERS = r"[\"'”’»“‘」』）)\]】*_\s]*"
# Marks of Latin, Chinese, Arabic, Armenian and Greek script.
_MARK = "?？؟՞\u037e⸮"
_ENDS_ASKING = re.compile(rf"(?:[{_MARK}]|[{_MARK}][!！.。…]+){_CLOSERS}$")
# Japanese, Korean, Chinese and Thai ask by the end of the sentence as often as by a mark.
_ASKING_ENDS = {
    "ja": re.compile(r"(?:か|かな|でしょう|は|とは|ですよね)[。、…]?[」』）)]*$"),
    "ko": re.compile(r"(?:까|나요|가요|은요|는지|인가|는가|나|은|는)[.。…]?[”\")]*$"),
    "zh": re.compile(r"(?:吗|呢|嗎)[。…]?[”」）)]*$"),
    "th": re.compile(r"(?:ไหม|มั้ย|อย่างไร|อะไร|หรือไม่|หรือเปล่า|เพราะอะไร|แค่ไหน)[^\w]*$"),
    "el": re.compile(r";[»”)]*$"),
}
# Dashes, and the marks that Korean and Japanese papers put before questions and answers.
_DASH = re.compile(r"\s*([-‐‑–—―─━－]+|[▲△▶▷►◆◇■□●○◎★☆])\s*")
_NUMBER = re.compile(r"\s*[(（]?(?:Q|No\.?|№)?\s?\d{1,3}[.)）、．:：]\s*")
_ONLY_NUMBER = re.compile(r"[\W_]*\d{0,3}[\W_]*")


@dataclass(slots=True)
class BodyLine:
    """One line of the body, or the bold question at the beginning of one. Positions are characters into the body."""

    start: int
    end: int
    text: str
    bold: bool = False
    asks: bool = False  # ends as a question
    has_question: bool = False  # has one somewhere
    dash: str | None = None  # the dash it begins with
    label: TurnLabel | None = None

    @property
    def is_sentence(self) -> bool:
        return bool(SENTENCE_END.search(self.text))

    @property
    def is_number(self) -> bool:
        """Whether it only numbers what follows."""
        return len(self.text) < 8 and bool(_ONLY_NUMBER.fullmatch(self.text))

    @property
    def after_dash(self) -> int:
        match = _DASH.match(self.text)
        return self.start + (match.end() if match else 0)

    @property
    def after_number(self) -> int:
        """Where its text begins behind a bullet and a number."""
        start = self.after_dash
        match = _NUMBER.match(self.text[start - self.start :])
        return start + (match.end() if match else 0)


def read_body_lines(body: str, emphasis: Emphasis, lang: str | None) -> list[BodyLine]:
    """All lines in order; one that begins with a bold question, or holds the labels of two turns, gives two."""
    asking = _ASKING_ENDS.get(lang or "")
    lines, start = [], 0
    for text in body.split("\n"):
        for first, last in _parts(text, emphasis):
            part = text[first:last]
            line = BodyLine(start + first, start + last, part, _is_bold(part, emphasis))
            line.has_question = any(mark in part for mark in _MARK)
            line.asks = (line.has_question and bool(_ENDS_ASKING.search(part))) or bool(asking and asking.search(part))
            line.has_question = line.has_question or line.asks
            line.dash = match[1] if (match := _DASH.match(part)) else None
            line.label = read_label(part, emphasis)
            lines.append(line)
        start += len(text) + 1
    with_colon = {line.label.key for line in lines if line.label and line.label.has_colon}
    for line in lines:
        if line.label and not line.label.has_colon and line.label.key in with_colon:
            line.label = None  # a sentence that begins with somebody's name
    return lines


def _is_bold(text: str, emphasis: Emphasis) -> bool:
    """Whether all of it is printed bold, or all but its number."""
    match = _NUMBER.match(text)
    return emphasis.covers(text) or (match is not None and emphasis.covers(text[match.end() :]))


def _parts(text: str, emphasis: Emphasis) -> Iterator[tuple[int, int]]:
    """(first, behind the last) character of each part of a line."""
    cut = inner_label(text) or _bold_question(text, emphasis)
    if cut:
        yield 0, len(text[:cut].rstrip())
    if cut < len(text):
        yield cut, len(text)


def _bold_question(text: str, emphasis: Emphasis) -> int:
    """Where the text behind a bold question begins; 0 where the line has none."""
    if not emphasis.may_begin(text) or _is_bold(text, emphasis):
        return 0
    for match in re.finditer(rf"[{_MARK}]+{_CLOSERS}", text):
        if match.end() < len(text) and _is_bold(text[: match.end()], emphasis):
            return match.end()
    return 0
