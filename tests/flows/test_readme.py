"""What the README promises of its questions: each answers on the samples as they stand."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from warehouse.ask import ask

QUESTIONS = re.findall(r"\*\*(.+?)\*\*[^\n]*\n(?:[^\n`*]+\n)*\n```sql\n(.+?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)


def test_every_query_has_its_question():
    assert len(QUESTIONS) == (ROOT / "README.md").read_text("utf-8").count("```sql")


@pytest.mark.parametrize("query", [query for _, query in QUESTIONS], ids=[question for question, _ in QUESTIONS])
def test_a_question_of_the_readme_has_an_answer(samples_home: Path, query: str):
    assert ask(samples_home, query).rows
