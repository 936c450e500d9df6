from tasks.dissection.body.pruning import Pruned, prune
from tasks.dissection.markup.parsed_page import ParsedPage

STORY = "".join(f"<p>Paragraph {n} tells what happened in the town on that day, and who was there to see it.</p>" for n in range(5))
LINKS = "".join(f"<li><a href='/{n}'>Headline number {n} of a story that happened elsewhere</a></li>" for n in range(5))


def pruned(body: str) -> tuple[Pruned, str]:
    found = prune(ParsedPage(f"<html><body>{body}</body></html>"))
    return found, " ".join(found.tree.text_content().split())


def test_blocks_of_links_beside_the_story_go_at_every_level() -> None:
    _, text = pruned(f"<ul>{LINKS}</ul><div><ol>{LINKS}</ol><div>{STORY}</div><div><ul>{LINKS}</ul></div></div>")
    assert "Headline" not in text
    assert text.count("Paragraph") == 5


def test_a_story_under_a_name_that_sounds_like_something_else_stays() -> None:
    for name in ("paywall", "subscribe-box", "widget", "comment-text", "related", "hidden", "sidebar"):
        _, text = pruned(f"<div class='{name}'>{STORY}</div><ul>{LINKS}</ul>")
        assert text.count("Paragraph") == 5, name


def test_readers_comments_go_even_where_they_are_longer_than_the_story() -> None:
    said = "".join(f"<p>Reader {n} says at great length what everybody has long known about this town.</p>" for n in range(20))
    for name in ("id='comments'", "class='xy-comments open'", "class='box story-comments'"):
        _, text = pruned(f"<div class='story'>{STORY}</div><div {name}>{said}</div>")
        assert "Reader" not in text, name
        assert text.count("Paragraph") == 5


def test_a_layout_around_the_story_becomes_plain_containers_and_a_list_in_it_stays() -> None:
    found, _ = pruned(f"<table><tr><td>{STORY}<ul><li>one</li></ul></td></tr></table>")
    assert found.core is not None and found.core.tag == "div"
    assert [a.tag for a in found.core.iterancestors()] == ["div", "div", "body", "html"]
    assert found.core.find("ul") is not None


def test_nothing_is_cut_where_nothing_would_be_left() -> None:
    body = "".join(f"<div><a href='/{n}'>Headline number {n} of a story that happened elsewhere</a></div>" for n in range(9))
    found, text = pruned(body)
    assert (found.core, found.dropped) == (None, 0)
    assert text.count("Headline") == 9
