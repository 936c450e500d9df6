"""From lines and the convention of a text to turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tasks.dissection.dialogue.body_lines import BodyLine
from tasks.dissection.dialogue.plan import OPENING_QUOTES, Plan
from tasks.dissection.dialogue.turn_labels import can_name, is_interviewer
from tasks.dissection.words.lexicon import words_of

LEAST_STATEMENT = 12  # characters of a bold line without a question that is one of the interviewer's all the same
MORE_THAN_OTHERS = 3  # lines that the last answer may have beyond the longest of the others


@dataclass(slots=True)
class Turn:
    """A turn as lines; `start` is where its text begins in the body."""

    first: int
    last: int  # inclusive
    side: str
    start: int
    label: str | None = None
    is_printed: bool = True  # whether the label stands before this turn, not above a round of questions


def turns_of(lines: Sequence[BodyLine], plan: Plan) -> list[Turn]:
    """All turns in order; the opening before them and the notes behind them are in none."""
    turns: list[Turn] = []
    above: str | None = None  # who answers in this round
    open_turn = False
    for i, line in enumerate(lines):
        if i in plan.headers:
            above, open_turn = plan.headers[i], False
            continue
        turn = _marked(lines, i, plan, turns[-1] if open_turn else None)
        if turn is None and open_turn and turns[-1].side == "question" and _is_answered_by(line, turns[-1], plan):
            turn = Turn(i, i, "answer", line.after_dash)
        if turn is None:
            if open_turn:
                turns[-1].last = i
            continue
        if turn.side == "answer" and turn.label is None:
            turn.label = above
        turns.append(turn)
        open_turn = True
    return _finished(lines, turns, plan)


def _marked(lines: Sequence[BodyLine], i: int, plan: Plan, before: Turn | None) -> Turn | None:
    """The turn that line i begins, by its own looks."""
    line = lines[i]
    if label := line.label:
        side = plan.sides.get(label.key)
        if side is None and not label.is_word and can_name(label):
            side = _unrepeated(lines, i, plan, before)
        if side:
            return Turn(i, i, side, line.start + label.end, label.printed)
    if _is_question(lines, i, plan, before):
        if before and before.side == "question" and before.label is None and before.last == i - 1:
            return None
        return Turn(i, i, "question", line.after_number)
    if plan.dashes == "both" and line.dash and before:
        return Turn(i, i, "answer", line.after_dash)
    return None


def _unrepeated(lines: Sequence[BodyLine], i: int, plan: Plan, before: Turn | None) -> str | None:
    """The side of a name that labels one turn only: an outlet at a press conference, one voice of a panel."""
    label = lines[i].label
    assert label is not None
    if plan.sides and lines[i].asks and (label.bold or is_interviewer(label.printed)):
        following = (line.label for line in lines[i + 1 : i + 3])
        return "question" if before or any(f and plan.sides.get(f.key) == "answer" for f in following) else None
    if not label.bold or before is None or not (plan.bold or plan.sides):
        return None
    return "answer" if before.side == "question" or before.label else None


def _is_question(lines: Sequence[BodyLine], i: int, plan: Plan, before: Turn | None) -> bool:
    line = lines[i]
    if i < plan.start or closes(line.text):
        return False
    if plan.bold and line.bold and not line.is_number:
        is_remark = before is not None and line.is_sentence and len(line.text) >= LEAST_STATEMENT and line.text[0] not in OPENING_QUOTES
        follower = lines[i + 1] if i + 1 < len(lines) else None
        return line.has_question or (is_remark and follower is not None and (not follower.bold or follower.has_question))
    if plan.dashes:
        return line.dash == plan.mark if plan.mark else bool(line.dash) and (plan.dashes == "questions" or line.asks)
    if plan.plain:
        return line.asks
    if plan.answers_labelled and not plan.questions_labelled and not plan.bold and line.asks and i + 1 < len(lines):
        label = lines[i + 1].label
        return label is not None and plan.sides.get(label.key) == "answer"
    return False


def _is_answered_by(line: BodyLine, question: Turn, plan: Plan) -> bool:
    """Whether an unmarked line behind a question is its answer: not where both sides have labels."""
    if question.label is not None and plan.answers_labelled:
        return False
    return not (plan.bold and line.bold) and not line.is_number


def _finished(lines: Sequence[BodyLine], turns: list[Turn], plan: Plan) -> list[Turn]:
    """Without notes behind the last answer, subheads at the end of answers and questions that nobody answers."""
    if not any(turn.side == "question" for turn in turns) or not any(turn.side == "answer" for turn in turns):
        return []
    while turns and turns[-1].side == "question" and turns[-1].label is None:
        turns.pop()
    if not turns:
        return []
    turns[-1].last = _last_line(lines, turns, plan)
    for turn in turns[:-1]:
        while turn.last > turn.first and _is_subhead(lines[turn.last]):
            turn.last -= 1
    return [turn for turn in turns if lines[turn.last].end > turn.start]


def _is_subhead(line: BodyLine) -> bool:
    return line.is_number or (line.bold and not line.is_sentence)


def _last_line(lines: Sequence[BodyLine], turns: list[Turn], plan: Plan) -> int:
    """Where the last turn ends: before a closing note, a bold line that is no question, or far more lines than others have."""
    last = turns[-1]
    others = [turn.last - turn.first for turn in turns[:-1] if turn.side == last.side]
    most = max(others, default=len(lines)) + MORE_THAN_OTHERS if len(others) > 1 else len(lines)
    name = last.label if last.label and len(last.label) > 1 else None
    for i in range(last.first + 1, last.last + 1):
        line = lines[i]
        is_box = _is_subhead(line) and (plan.bold or line.is_number)
        if closes(line.text) or is_box or i - last.first > most or (name and line.text.startswith(name.split()[-1])):
            return i - 1
    return last.last


def closes(text: str) -> bool:
    """Whether a line begins as notes behind an interview do: who asked, how it was shortened."""
    said = text.lstrip("-–—•*_ ").casefold()
    return said.startswith(_closings()) or said.lstrip("（([【 ").startswith(_closings())


@cache
def _closings() -> tuple[str, ...]:
    return tuple(words_of("dialogue", "closing"))
