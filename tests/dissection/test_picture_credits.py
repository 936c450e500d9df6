"""A credit at the end of a caption is cut off it and credited, whatever word of whatever language introduces it."""

import re

import pytest

from tasks.dissection.page import dissect_html
from tasks.dissection.words.lexicon import load_lexicon

CAPTION = "The old pier at low tide."
STAYS = re.compile("[\u3040-\u30ff\u3400-\u9fff]")  # what makes a caption Chinese or Japanese: credits are a part of those
STORY = "".join(f"<p>The pier was closed again on day {n}, and nobody who lives there could say how long.</p>" for n in range(8))
TABLES = [load_lexicon("credit_labels")[table] for table in ("photographer", "picture")]
LABELS = [(word, lang) for table in TABLES for lang, words in table.items() for word in words]


@pytest.mark.parametrize(("word", "lang"), LABELS)
def test_every_label_of_a_picture_is_cut_off_and_credits(word: str, lang: str) -> None:
    printed = f"{CAPTION} {word[0].upper()}{word[1:]}: Ann Lee"
    figure = f"<figure><img src='/pier.jpg' width=800><figcaption>{printed}</figcaption></figure>"
    head = "<head><title>The pier is closed</title></head>"
    html = f"<html lang={lang}>{head}<body><h1>The pier is closed</h1><article>{figure}{STORY}</article></body></html>"
    page = dissect_html(html, "https://courier.example/pier", None)
    assert [image.caption for image in page.images] == [printed if STAYS.search(word) else CAPTION]
    assert [(credit.role, credit.name) for credit in page.credits if credit.role == "photographer"] == [("photographer", "Ann Lee")]
