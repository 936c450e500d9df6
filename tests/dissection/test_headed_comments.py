"""What readers wrote under a heading that says so, on pages whose names say nothing."""

from lxml.html import document_fromstring

from tasks.dissection.body.around import Around
from tasks.dissection.body.blocks import blocks_in
from tasks.dissection.body.comments import with_headed_comments

STORY = "".join(
    f"<p>The harbour board met for the {number}th time and voted to keep the old crane where it stands.</p>" for number in range(4, 9)
)
SAID = "I have walked past that crane every morning since I was a child, and it must stay where it is."


def comments_of(body: str) -> list[str]:
    found = with_headed_comments(blocks_in(document_fromstring(f"<html><body>{body}</body></html>"), {}))
    return [block.text for block in found if block.around & Around.COMMENT]


def test_rows_of_a_table_under_a_heading_are_comments_and_what_follows_is_none():
    table = f"<table><tr><td>Comments (2)</td></tr><tr><td>{SAID}</td></tr></table>"
    assert comments_of(f"<div>{STORY}{table}<p>Printed by the Orrin Post.</p></div>") == ["Comments (2)", SAID]


def test_of_a_heading_beside_the_story_only_itself_is_told():
    assert comments_of(f"<div>{STORY}<h3>Comments</h3><p>{SAID}</p></div>") == ["Comments"]


def test_a_story_under_the_number_of_its_comments_is_a_story():
    assert comments_of(f"<p>Orrin Post</p><article><a>Comments</a>{STORY}</article>") == []


def test_a_line_that_speaks_of_comments_heads_none():
    assert comments_of(f"<div>{STORY}<div><p>No comments came from the harbour board.</p><p>{SAID}</p></div></div>") == []
