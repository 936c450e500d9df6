"""Each file under dialogues/ is the body of one article, a line of the body a row: turn | label | text.

The first row names the language and the headline. A row that begins a turn says Q or A, + goes on with it, - belongs to none;
A/ begins an answer in the line of the question before it. *Stars* stand around what the page prints bold. A last row may
name the speakers that the article tells, in the order in which they first speak.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.dissection.dialogue.statements import find_statements
from tasks.dissection.findings import Statement
from tasks.dissection.words.text import line_key

DIALOGUES = Path(__file__).parent / "dialogues"
KINDS = {"Q": "question", "A": "answer"}


@dataclass
class Dialogue:
    """What a file shows, and what has to be found in it."""

    lang: str
    title: str
    body: str
    emphasised: frozenset[str]
    turns: list[tuple[str, str, str]]  # kind, label without marks, text
    speakers: list[str] | None

    def found(self) -> tuple[Statement, ...]:
        return find_statements(self.body, self.emphasised, self.lang, self.title, ()).value


def read_dialogue(file: Path) -> Dialogue:
    head, *rows = file.read_text("utf-8").splitlines()
    lang, title = head.split(" | ", 1)
    body, bold, turns, speakers = "", set(), [], None
    for row in rows:
        turn, label, *rest = (cell.strip(" ") for cell in row.split("|", 2))
        if turn == "speakers":
            speakers = label.split("; ")
            continue
        text = rest[0]
        bold |= {line_key(stretch) for stretch in re.findall(r"\*([^*]+)\*", f"{label} {text}")}
        label, text = label.replace("*", ""), text.replace("*", "")
        gap = " " if label.isascii() and label else ""
        body += ("" if not body else " " if turn == "A/" else "\n") + label + gap + text
        if turn[0] in KINDS:
            turns.append((KINDS[turn[0]], label.strip(" :：.．-–—―*　▷▲"), text.lstrip("–—― ")))
        elif turn == "+":
            turns[-1] = (*turns[-1][:2], f"{turns[-1][2]}\n{text}")
    return Dialogue(lang, title, body, frozenset(bold), turns, speakers)


@pytest.mark.parametrize("file", sorted(DIALOGUES.glob("*.txt")), ids=lambda file: file.stem)
def test_a_body_gives_the_turns_that_its_file_marks(file: Path) -> None:
    dialogue = read_dialogue(file)
    found = dialogue.found()
    assert [(s.kind, s.speaker_label or "", s.text) for s in found] == dialogue.turns
    assert all(dialogue.body[s.start : s.end] == s.text for s in found)
    if dialogue.speakers is not None:
        assert list(dict.fromkeys(s.speaker for s in found if s.speaker)) == dialogue.speakers
