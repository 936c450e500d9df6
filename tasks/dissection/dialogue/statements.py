"""Turns of interviews and of questions and answers, in the lines of an article's body."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from tasks.dissection.dialogue.body_lines import read_body_lines
from tasks.dissection.dialogue.emphasis import Emphasis
from tasks.dissection.dialogue.plan import Plan, plan_of
from tasks.dissection.dialogue.speakers import Speakers
from tasks.dissection.dialogue.turns import Turn, turns_of
from tasks.dissection.findings import Credit, Finding, Found, Statement

# What every text with turns has: questions in two lines, or labels and dashes that need none.
_ASKING = tuple("?？؟՞\u037e⸮")
_ENDS_ASKING = tuple(end + behind for end in ";吗嗎呢かは까나은는요지" for behind in ("", "。", ".", "」"))
_MARKS = re.compile(r"^[\W_]{0,3}(?:[问問答][:：\s]|[记記]者[:：]|――|──|——|[QA問答]\s?[0-9０-９]{0,2}\s?[.．:：、\u3000])", re.MULTILINE)


def find_statements(
    body: str, emphasised: frozenset[str], lang: str | None, title: str, credits: Sequence[Credit]
) -> Found[tuple[Statement, ...]]:
    """Turns in order, none overlapping, with offsets into `body` such that body[start:end] is the turn's text.

    `emphasised` are the folded texts (line_key) of lines that the page prints bold or as a subhead. A text that is no
    interview, a quotation, a list under a colon, an explainer under questions, gives no turns.
    """
    if not may_have_turns(body):
        return Found((), (Finding("statements", None, None, "no questions"),))
    lines = read_body_lines(body, Emphasis(emphasised), lang)
    named = " ".join((title, body, *(credit.name for credit in credits)))
    plan = plan_of(lines, title, lang, named)
    turns = turns_of(lines, plan) if plan.name else []
    if not turns:
        return Found((), (Finding("statements", None, None, "no turns"),))
    speakers = Speakers(title, body, lines, turns, credits)
    statements = tuple(
        Statement(number, turn.side, turn.label, speakers.of(turn), body[start:end], start, end)
        for number, turn in enumerate(turns, start=1)
        for start, end in [_span(body, turn, lines[turn.last].end)]
    )
    return Found(statements, (_finding(plan, turns),))


@lru_cache(maxsize=8)  # asked of a body before and after its print is read
def may_have_turns(body: str) -> bool:
    """Whether a text has what no text with turns goes without; most articles have not, and need no further look."""
    marks = [mark for mark in _ASKING if mark in body]
    asking = (line for line in body.split("\n") if line.endswith(_ENDS_ASKING) or any(map(line.__contains__, marks)))
    return next(islice(asking, 1, None), None) is not None or any(_MARKS.match(body, start) for start in _starts(body))


def _starts(body: str) -> Iterator[int]:
    """Where its lines begin: looking there only takes a tenth of the time of a search."""
    start = 0
    while start >= 0:
        yield start
        start = body.find("\n", start) + 1 or -1


def _span(body: str, turn: Turn, end: int) -> tuple[int, int]:
    text = body[turn.start : end]
    return turn.start + len(text) - len(text.lstrip()), turn.start + len(text.rstrip())


def _finding(plan: Plan, turns: Sequence[Turn]) -> Finding:
    asked = sum(turn.side == "question" for turn in turns)
    return Finding("statements", str(len(turns)), plan.name, f"{asked} questions and {len(turns) - asked} answers")
