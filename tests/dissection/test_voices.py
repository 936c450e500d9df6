"""Interviews whose questions a page prints in another voice, and who speaks where an opening announces it."""

import pytest

from tasks.dissection.dialogue.speakers import announced_in
from tasks.dissection.findings import DissectedPage
from tasks.dissection.page import dissect_html

QUESTIONS = (
    "What has changed most on the ferry line in twenty years?",
    "How hard is it to find a crew today?",
    "What should young people know?",
    "What will the harbour be like in ten years?",
)
ANSWERS = (
    "The price of diesel. There were eleven boats once and nobody asked what it cost; today it is looked at before the weather.",
    "Very hard. Most of those who come have an uncle who sailed, and they know that the winter is long and the pay is low.",
    "How to swim. Most of the old crews never learned it and were at sea for forty years without falling in.",
    "Quieter, with fewer boats. An electric one is to come next spring, and its name is already decided.",
)
INTRO = "<p>Ann Lee has run the ferry line of Port Ellery since her father retired. We met her in the harbour office.</p>"


def interview(question: str, title: str = "The harbour will be quieter: an interview with Ann Lee") -> DissectedPage:
    turns = "".join(question.format(text=q) + f"<p>{a}</p>" for q, a in zip(QUESTIONS, ANSWERS, strict=True))
    html = f"<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>{INTRO}{turns}</article></body></html>"
    return dissect_html(html, "https://portnews.example/2024/05/ferry-interview", None)


@pytest.mark.parametrize(
    "question",
    [
        '<p class="frage">{text}</p>',
        '<p><span class="asked">{text}</span></p>',
        '<p style="color: #c00">{text}</p>',
        '<p><span style="font-style: italic">{text}</span></p>',
        '<p><font color="red">{text}</font></p>',
    ],
)
def test_what_only_questions_are_printed_as_marks_them(question: str) -> None:
    turns = interview(question).statements
    assert [turn.text for turn in turns if turn.kind == "question"] == list(QUESTIONS)
    assert [turn.text for turn in turns if turn.kind == "answer"] == list(ANSWERS)
    assert {turn.speaker for turn in turns if turn.kind == "answer"} == {"Ann Lee"}


def test_questions_printed_as_everything_else_head_the_parts_of_a_text() -> None:
    assert interview("<p>{text}</p>", "The ferry line of Port Ellery explained").statements == ()


@pytest.mark.parametrize(
    ("opening", "speaker"),
    [
        ("江岸市商务局有关负责人就渡轮补贴政策答记者问", "江岸市商务局有关负责人"),
        ("据江岸使馆网站消息，7月20日，江岸使馆发言人就渡轮停运的错误言论答记者问。", "江岸使馆发言人"),
        ("江岸市交通局局长王小明就新码头建设答记者问", "王小明"),
        ("交通部有关负责人就渡轮安全答《江岸日报》记者问", "交通部有关负责人"),
        ("他们就此事答记者问", None),
        ("市长对记者说，渡轮明天复航。", None),
    ],
)
def test_who_an_opening_announces_is_the_one_who_answers(opening: str, speaker: str | None) -> None:
    assert announced_in(opening) == speaker


def test_the_announced_office_speaks_in_the_answers() -> None:
    title = "江岸市商务局有关负责人就渡轮补贴政策答记者问"
    turns = "<p>问：渡轮补贴政策有什么变化？</p><p>答：新的补贴将从明年三月开始发放，每条航线都可以申请，申请材料已经公布。</p>"
    html = f"<html lang='zh'><head><title>{title}</title></head><body><article><h1>{title}</h1>{turns * 2}</article></body></html>"
    found = dissect_html(html, "https://jianghe.example/2024/05/20/c123456.html", None).statements
    assert {(turn.kind, turn.speaker) for turn in found} == {("question", None), ("answer", "江岸市商务局有关负责人")}
