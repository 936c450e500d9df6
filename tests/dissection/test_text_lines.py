"""Lines as extractors print them, and what they say without their marks."""

import pytest

from tasks.dissection.lines.glued import split_runs
from tasks.dissection.lines.lines import read_lines
from tasks.dissection.lines.shapes import Shape, shape_of

PARAGRAPH = (
    "The first ferry left the harbour at dawn on Sunday with two hundred passengers and the post of three days on board, "
    "and it came back before noon with an empty hold and the first tourists of the year standing at the rail."
)


def wrapped(text: str, width: int) -> str:
    lines, current = [], ""
    for word in text.split():
        if current and len(current) + 1 + len(word) > width:
            lines.append(current)
            current = ""
        current = f"{current} {word}".strip()
    return "\n".join([*lines, current])


@pytest.mark.parametrize("width", [72, 78, 80])
def test_paragraphs_that_a_program_broke_at_its_width_are_joined_again(width: int) -> None:
    text = f"Ferry runs again\n\n{wrapped(PARAGRAPH, width)}\n\n{wrapped(PARAGRAPH[::-1].strip(), width)}\n"
    assert [line.text for line in read_lines(text)][:2] == ["Ferry runs again", PARAGRAPH]


def test_lines_of_their_own_are_never_joined() -> None:
    text = "\n".join(
        ["Ferry to the islands runs again after the storm of Thursday night", "Council votes on the school", "Oysters are back"] * 4
    )
    assert len(read_lines(text)) == 12


@pytest.mark.parametrize(
    ("printed", "text", "begins"),
    [
        ("- Ferry runs again", "Ferry runs again", True), ("  • Ferry runs again", "Ferry runs again", True), ("* Ferry", "Ferry", True),
        ("3. Ferry runs again", "3. Ferry runs again", True), ("## Ferry runs again", "Ferry runs again", False),
        ("**Ferry** runs again", "Ferry runs again", False), ("-20 degrees on the pier", "-20 degrees on the pier", False),
        ("3.5 million passengers", "3.5 million passengers", False), ("\u200fعودة العبارة", "عودة العبارة", False),
    ],
)  # fmt: skip
def test_marks_of_extractors_are_taken_off_and_nothing_else(printed: str, text: str, begins: bool) -> None:
    assert [(line.text, line.begins) for line in read_lines(printed)] == [(text, begins)]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Ferry runs again 12 comments", ["Ferry runs again", "12 comments"]),
        (
            "Ferry runs again 12 comments Oysters are back 1,204 comments",
            ["Ferry runs again", "12 comments", "Oysters are back", "1,204 comments"],
        ),
        ("渡船复航三日之后评论 174   赞 12", ["渡船复航三日之后", "评论 174", "赞 12"]),
        ("渡船复航三日之后2015-09-22", ["渡船复航三日之后", "2015-09-22"]),
        ("2015-09-22 17:50 渡船", ["2015-09-22 17:50 渡船"]),
        ("公积金上限调至6774元", ["公积金上限调至6774元"]),
        ("The mayor read 3 comments to the council and left.", ["The mayor read 3 comments to the council and left."]),
    ],
)
def test_a_line_is_split_where_counts_and_dates_are_glued_to_a_headline(line: str, parts: list[str]) -> None:
    assert [part.text for part in split_runs(read_lines(line))] == parts


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ("Most read", Shape.LABEL), ("相關(guān)推薦", Shape.LABEL), ("More from Harbour News", Shape.LABEL),
        ("Comments (12)", Shape.COMMENTS),
        ("3 hours ago", Shape.NOTE), ("2021-07-20 17:50 極端天氣", Shape.NOTE), ("vor 2 Stunden", Shape.NOTE), ("Reply", Shape.BUTTON),
        ("Fishing", Shape.SHORT), ("Oyster beds are closed until the water clears", Shape.HEADLINE), (PARAGRAPH, Shape.PROSE),
        ("© 2024 The Courier of the Western Isles", Shape.END), ("渡船三日之后终于复航", Shape.HEADLINE),
    ],
)  # fmt: skip
def test_the_shape_of_a_line_tells_what_it_is(line: str, shape: Shape) -> None:
    assert shape_of(line) is shape
