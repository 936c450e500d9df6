"""What two stories have in common and neither has from the other: buttons, phrases of a field, feet."""

import pytest

from tasks.relation.alignment import Passage, passages, prepare
from tasks.relation.letters import LEAST_EXCERPT, LEAST_PASSAGE, kept_letters, letters_of
from tests.bench.copied_corpus import ENGLISH
from tests.relation.articles import Given, Relater
from tests.relation.own_texts import report
from tests.relation.test_relations import LATER, elsewhere, post, related
from warehouse.search.fold import fold

BUTTONS = """Pause
Play
00:42 / 03:17
Mute
Volume up
Quality
Picture in picture
Cast to a device
Copy link of video
Report this clip
Speed: normal
Subtitles off
Theatre mode
Full screen
Skip to the end
Watch next
Share on networks
Open in a window
Send by mail"""
POEM = "The ferry leaves at four\nand takes the light along\nover the harbour bar,\nwe stay behind with ropes\n"


def longest(one: str, other: str) -> Passage:
    found = passages(prepare(letters_of(fold(one))), prepare(letters_of(fold(other))))
    return max(found, key=lambda each: each.end - each.start)


def elsewhere_with(of: Given, body: str) -> Given:
    return elsewhere(of, "https://valley.example/a/78", body=body, published=LATER)


def with_inside(number: int, inside: str, lang: str = "en") -> str:
    """A story of its own around a text."""
    own = report(number, lang).split("\n")
    return "\n".join([*own[:3], inside, *own[3:]])


def test_buttons_of_a_player_are_no_excerpt_and_a_paragraph_as_long_is_one(file: Relater):
    origin = post(1, body=with_inside(1, BUTTONS))
    assert related(file, origin, elsewhere_with(origin, with_inside(2, BUTTONS))) == []
    prose = BUTTONS.replace("\n", ", ") + "."
    quoting = elsewhere(post(4), "https://hill.example/b/4", body=with_inside(4, prose), published=LATER)
    assert [row[0] for row in related(file, post(3, body=with_inside(3, prose)), quoting)] == ["excerpt"]


def test_buttons_are_found_alike_all_the_same():
    found = longest(with_inside(1, BUTTONS), with_inside(2, BUTTONS))
    assert found.weight < LEAST_PASSAGE < LEAST_EXCERPT < found.end - found.start


@pytest.mark.parametrize(("lang", "weight"), [("en", 1), ("zh", 3)])
def test_two_sentences_with_others_between_them_say_what_the_two_say(lang: str, weight: int):
    first, last = (report(number, lang, 1)[:70] for number in (60, 62))
    others = ["".join(filter(str.isalnum, report(number, lang, 1)))[:30] for number in (71, 72)]
    one, other = ("\n".join([report(n, lang), first + each + last, report(n + 80, lang)]) for n, each in enumerate(others))
    alike = weight * sum(len(letters_of(fold(each))) for each in (first, last))
    found = longest(one, other)
    assert alike <= found.weight <= alike + 8 * weight  # of the letters between some are alike by chance
    assert weight * (found.end - found.start) > alike + 20 * weight


def test_what_ends_two_short_texts_makes_neither_an_excerpt(file: Relater):
    foot = f"{ENGLISH} {report(70, paragraphs=1)}"
    origin = post(1, body=f"{report(1, paragraphs=1)}\n{foot}")  # two thirds of it are foot, and less than half of the other
    assert related(file, origin, elsewhere_with(origin, f"{report(2, paragraphs=4)}\n{foot}")) == []


def test_a_poem_that_another_page_prints_whole_is_a_copy(file: Relater):
    poem = "".join(
        POEM.replace("four", hour).replace("ropes", left) for hour, left in zip(report(5).split()[:6], report(6).split()[:6], strict=True)
    )
    origin = post(1, body=poem)
    assert [row[0] for row in related(file, origin, elsewhere_with(origin, poem))] == ["scraped"]


@pytest.mark.parametrize(
    "text", ["", BUTTONS, with_inside(1, BUTTONS), f"{BUTTONS}\n{report(2)}\nEnd", report(3), POEM, "播放\n暂停。\n全屏"]
)
def test_what_the_index_keeps_of_a_text_is_compared_as_the_text(text: str):
    letters = letters_of(fold(text))
    kept = kept_letters(letters.kept())
    assert (str(kept), kept.says.tolist(), kept.is_dense.tolist()) == (str(letters), letters.says.tolist(), letters.is_dense.tolist())


def test_a_label_is_a_short_line_without_a_mark_at_its_end():
    said = letters_of("play\nplay.\n全屏播放控\n全屏播放控制啦\n20 letters and no more x\n").says
    assert said.tolist() == [0] * 4 + [1] * 4 + [0] * 5 + [3] * 7 + [0] * 19
