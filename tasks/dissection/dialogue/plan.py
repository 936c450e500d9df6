"""By which convention a text prints its questions and answers, if it does."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.dissection.dialogue.body_lines import BodyLine
from tasks.dissection.dialogue.named_sides import Sides, name_sides, word_sides
from tasks.dissection.dialogue.spoken import INTRO_CHARS, greets, is_declared, is_personal, is_spoken, may_be_spoken
from tasks.dissection.dialogue.turn_labels import names_office, without_prices
from tasks.dissection.words.text import line_key

LEAST_QUESTIONS = 3  # without labels; two where the page calls itself an interview
PLAIN_DENSITY = 0.2  # of the lines from the first to the last
MOST_QUOTING = 0.3  # of the answers; a reporter who asks himself lets others answer in quotation marks
LEAST_PLAIN = 4  # without labels, dashes and print; three where all else speaks for an interview
QUESTION_SHARE = 0.6  # of the lines that are printed as questions are, or of those that begin with a dash
FOLLOWED_SHARE = 0.8  # of the questions that an answer follows
HEADER_CHARS = 60
OPENING_QUOTES = frozenset("\"“„«‘'「『")
JUST_DASHES = frozenset("―─━")  # of which one alone marks a question


@dataclass(slots=True)
class Plan:
    """What marks a turn. An empty plan: the text has none."""

    sides: Sides = field(default_factory=dict)
    bold: bool = False  # bold lines are questions
    dashes: str = ""  # questions: lines with a dash are; both: those that ask are questions, others answers
    mark: str = ""  # the dash of questions, where answers have another
    plain: bool = False  # lines that end as questions are
    start: int = 0  # line of the first question, where no label tells it
    headers: dict[int, str] = field(default_factory=dict)  # lines that name who answers what follows

    @property
    def answers_labelled(self) -> bool:
        return "answer" in self.sides.values()

    @property
    def questions_labelled(self) -> bool:
        return "question" in self.sides.values()

    @property
    def name(self) -> str | None:
        marks = (("labels", self.sides), ("bold_questions", self.bold), (f"dashes_{self.dashes}", self.dashes), ("questions", self.plain))
        return "+".join(name for name, given in marks if given) or None


def plan_of(lines: Sequence[BodyLine], title: str, lang: str | None, text: str) -> Plan:
    """The convention of a text; empty unless its structure is that of questions put to somebody who answers."""
    words = word_sides(lines)
    plan = Plan(words if "answer" in words.values() else words | name_sides(lines, text))
    if plan.questions_labelled:
        return plan
    for mark, questions in (("bold", _bold(lines)), ("dashes", _dashed(lines)), ("plain", _plain(lines))):
        if plan.answers_labelled and mark == "bold" and len(questions) > 1:
            return Plan(plan.sides, bold=True, start=_first_line(lines, questions))
        if plan.answers_labelled or not questions:
            continue
        headers = _headers(lines, questions)
        if _is_interview(lines, questions, mark, title, lang, headers):
            dashes = _dash_mode(lines, questions) if mark == "dashes" else ""
            own = _own_mark(lines, questions) if dashes else ""
            return Plan({}, mark == "bold", dashes, own, mark == "plain", _first_line(lines, questions), headers)
    return plan


def _bold(lines: Sequence[BodyLine]) -> list[int]:
    """Bold lines with a question, each before a line that is not bold; none where bold lines say other things as often."""
    bold = [i for i, line in enumerate(lines) if line.bold]
    if bold[:2] == [0, 1]:
        bold = bold[1:]  # an opening printed bold
    found = [i for i in bold if lines[i].has_question]
    if not found:
        return []
    others = [i for i in bold if found[0] < i < found[-1] and not lines[i].is_sentence and not lines[i].is_number]
    others = [i for i in others if not lines[i + 1].has_question]  # names above a question
    ends = [i for i in found if i + 1 < len(lines) and not lines[i + 1].bold]
    return ends if len(found) >= QUESTION_SHARE * (len(found) + len(others)) else []


def _first_line(lines: Sequence[BodyLine], questions: Sequence[int]) -> int:
    """The line in which the first question begins; a bold one may have several."""
    first = questions[0]
    while first > 1 and lines[first].bold and lines[first - 1].bold and lines[first - 1].is_sentence:
        first -= 1
    return first


def _dashed(lines: Sequence[BodyLine]) -> list[int]:
    """Lines with a dash that ask, where enough of those with a dash do."""
    dashed = [i for i, line in enumerate(lines) if line.dash]
    found = [i for i in dashed if lines[i].asks]
    if not found or not _dash_mode(lines, found):
        return []
    return found


def _dash_mode(lines: Sequence[BodyLine], asking: Sequence[int]) -> str:
    """questions where each line with a dash is one, both where answers have it too, empty where it means neither."""
    own = _own_mark(lines, asking)
    dashed = [i for i, line in enumerate(lines) if line.dash and i >= asking[0]]
    if own and _alternates([lines[i].dash == own for i in dashed]):
        return "both"
    before_plain = [i for i in dashed if i + 1 < len(lines) and not lines[i + 1].dash]
    is_long = sum(_is_long(lines[i].dash or "") for i in dashed) >= FOLLOWED_SHARE * len(dashed)
    share = QUESTION_SHARE / 2 if is_long else QUESTION_SHARE
    if len(before_plain) >= FOLLOWED_SHARE * len(dashed) and len(asking) >= share * len(dashed):
        return "questions"
    answered = [i for i in asking if i + 1 < len(lines) and lines[i + 1].dash and not lines[i + 1].asks]
    between = lines[asking[0] : dashed[-1] + 1]
    if len(answered) >= QUESTION_SHARE * len(asking) and len(dashed) >= QUESTION_SHARE * len(between) and not is_long:
        return "both"
    return ""


def _own_mark(lines: Sequence[BodyLine], asking: Sequence[int]) -> str:
    """The mark of questions where answers begin with another one; empty where there is but one."""
    every = {line.dash for line in lines if line.dash}
    mark, times = Counter(lines[i].dash or "" for i in asking).most_common(1)[0]
    return mark if len(every) == 2 and times >= FOLLOWED_SHARE * len(asking) else ""


def _alternates(sides: Sequence[bool]) -> bool:
    """Whether questions and answers take turns, beginning with a question; answers may have several parts."""
    changes = sum(a != b for a, b in pairwise(sides))
    return len(sides) >= 2 * LEAST_QUESTIONS - 1 and sides[0] and changes >= FOLLOWED_SHARE * (len(sides) - 1)


def _is_long(dash: str) -> bool:
    return len(dash) > 1 or dash in JUST_DASHES


def _plain(lines: Sequence[BodyLine]) -> list[int]:
    found = [i for i, line in enumerate(lines) if line.asks and not (line.label and line.label.side)]
    ends = [i for i in found if i + 1 < len(lines) and not lines[i + 1].asks]
    if len(found) < LEAST_QUESTIONS or len(ends) < FOLLOWED_SHARE * len(found):
        return []
    quoting = sum(lines[i + 1].text.lstrip()[:1] in OPENING_QUOTES for i in ends)
    is_dense = len(found) >= PLAIN_DENSITY * (found[-1] - found[0] + 1)
    return ends if is_dense and quoting <= MOST_QUOTING * len(ends) else []


def _headers(lines: Sequence[BodyLine], questions: Sequence[int]) -> dict[int, str]:
    """Lines before a question that name who answers: an office with a name, or any where the same questions come again."""
    again = Counter(line_key(lines[i].text) for i in questions)
    is_round = sum(count - 1 for count in again.values()) >= LEAST_QUESTIONS
    found = {}
    for i in questions:
        before = lines[i - 1] if i else None
        if before is None or before.is_number or before.has_question or len(before.text) > HEADER_CHARS:
            continue
        if not before.is_sentence and (is_round or names_office(before.text)):
            found[i - 1] = without_prices(before.text).strip()
    return found if len(found) > 1 else {}


def _is_interview(
    lines: Sequence[BodyLine], questions: Sequence[int], mark: str, title: str, lang: str | None, headers: dict[int, str]
) -> bool:
    """Whether questions are put to somebody: by what the page says of itself, by who is named, by how both sides speak."""
    texts = [lines[i].text for i in questions]
    answers = [lines[i + 1].text for i in questions if i + 1 < len(lines)]
    around = " ".join(line.text for line in (*lines[: questions[0]], *lines[-2:]))[-INTRO_CHARS:]
    declared = is_declared(title) or any(map(greets, texts[:2])) or (is_declared(around) and may_be_spoken(texts, answers, lang))
    spoken = is_spoken(texts, answers, lang)
    if mark == "plain" and not (declared and spoken):
        return len(questions) >= LEAST_PLAIN and (spoken or bool(headers) or (declared and may_be_spoken(texts, answers, lang)))
    if len(questions) < LEAST_QUESTIONS - (declared and mark != "plain"):
        return False
    is_long = mark == "dashes" and all(_is_long(lines[i].dash or "") for i in questions)
    if declared or headers or is_long or spoken:
        return True
    return mark == "bold" and len(questions) > LEAST_QUESTIONS and is_personal(answers, lang)
