"""Sources that a note, a dash or initials tell."""

import pytest

from tasks.dissection.credits.datelines import dateline_agencies
from tasks.dissection.page import dissect_html

STORY = "".join(f"<p>Paragraph {n} tells what happened in the town on that day, and who was there to see it.</p>" for n in range(5))

NOTES = """
    First published by GroundUp.                                                    | GroundUp
    This article was originally published on The Conversation. Read it there.       | The Conversation
    This piece is republished from The Conversation under a licence.                | The Conversation
    Dieser Artikel erschien zuerst im Fluss-Kurier.                                 | Fluss-Kurier
    Cet article a été initialement publié par Le Fleuve.                            | Le Fleuve
    Este artículo fue publicado originalmente en El Río.                            | El Río
    © Harbour Post/dpa/lee                                                          | Harbour Post/dpa
    lee/dpa                                                                         | dpa
    Her first novel was originally published in Rivertown.                          | none
    This story was first published by Harbour Post.                                 | none
"""


def rows(table: str) -> list[tuple[str, str]]:
    return [(line.rsplit("|", 1)[0].strip(), line.rsplit("|", 1)[1].strip()) for line in table.splitlines() if line.strip()]


def sources_of(note: str) -> list[str]:
    head = "<head><title>The pier falls - Harbour Post</title><meta property='og:site_name' content='Harbour Post'></head>"
    html = f"<html>{head}<body><article><h1>The pier falls</h1>{STORY}<p>{note}</p></article></body></html>"
    return [credit.name for credit in dissect_html(html, "https://post.example/the-pier-falls", None).credits if credit.role == "source"]


@pytest.mark.parametrize(("note", "source"), rows(NOTES))
def test_a_note_under_the_story_says_whose_it_is(note: str, source: str) -> None:
    assert sources_of(note) == ([] if source == "none" else [source])


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("It was a long night, she said. — AFP", ["AFP"]),
        ("It was a long night. (Tgb/dpa)", ["dpa"]),
        ("It was a long night. (AFP/Reuters)", ["AFP", "Reuters"]),
        ("It was a long night (the longest/AFP).", []),
        ("It was a long night for all at AFP", []),
    ],
)
def test_the_last_line_is_signed_behind_a_dash_or_in_brackets(line: str, agencies: list[str]) -> None:
    assert [name for name, _ in dateline_agencies(f"The pier fell.\n{line}")] == agencies
