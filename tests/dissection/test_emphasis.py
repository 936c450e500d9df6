"""What a page prints bold, and what of that begins a line of its body."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from tasks.dissection.dialogue.emphasis import Emphasis, emphasised_lines
from tasks.dissection.dialogue.statements import find_statements


@pytest.mark.parametrize(
    ("html", "folded"),
    [
        ("<p><strong>Why here?</strong></p>", {"whyhere"}),
        ("<p><b>Why here?<br>And when?</b><br>Because.</p>", {"whyhere", "andwhen"}),
        ("<p><b>Post:</b> <b>Why here?</b> Because.</p>", {"post", "whyhere", "postwhyhere"}),
        ("<h3>Why <i>here</i>?</h3>", {"whyhere", "here"}),
        ('<p><span style="font-weight: 700">Why here?</span> Because.</p>', {"whyhere"}),
        ('<p><span style="font-weight: 400">Because.</span></p>', set()),
    ],
)
def test_every_bold_stretch_is_known_alone_and_joined_with_the_next(html: str, folded: set[str]) -> None:
    assert emphasised_lines(fromstring(f"<div>{html}</div>")) == folded


def test_a_line_is_bold_only_where_all_of_it_is() -> None:
    emphasis = Emphasis(frozenset({"whyhere"}))
    assert emphasis.covers("– Why here?")
    assert emphasis.may_begin("Why here? Because.")
    assert not emphasis.covers("Why here? Because.")
    assert not emphasis.may_begin("Because. Why here?")


PIECES = (
    "问：", "答：", "Q:", "A. ", "―― ", "– ", "▲", "Smith: ", "记者：", "Why?",
    "なぜですか。", "Because", "1", " ", "\n", "(", "：", "Ann Lee",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(body=TEXTS, bold=st.frozensets(TEXTS, max_size=3), title=TEXTS, lang=st.sampled_from([None, "en", "ja", "zh", "xx"]))
def test_turns_are_in_order_and_inside_the_body_whatever_it_says(body: str, bold: frozenset[str], title: str, lang: str | None) -> None:
    turns = find_statements(body, bold, lang, title, ()).value
    assert [turn.turn for turn in turns] == list(range(1, len(turns) + 1))
    assert all(body[turn.start : turn.end] == turn.text == turn.text.strip() != "" for turn in turns)
    assert all(before.end <= after.start for before, after in pairwise(turns))
