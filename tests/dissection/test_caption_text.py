import pytest
from lxml.html import fromstring

from tasks.dissection.pictures.pieces import caption_of, pieces_of
from tasks.dissection.words.caption_credits import without_credit
from tasks.dissection.words.captions import caption_in, is_caption_line

CAPTIONS = """
    The pier at dawn. Photo: Ann Lee                      | The pier at dawn.
    The pier at dawn (AP Photo/Ann Lee)                   | The pier at dawn
    The pier at dawn © Ann Lee / River Times              | The pier at dawn
    The pier at dawn. Post photo by Ann Lee               | The pier at dawn.
    La jetée à l'aube. Photo Ann Lee                      | La jetée à l'aube.
    The pier at dawn. Supplied                            | The pier at dawn.
    Das Wehr an der Lahr. – Foto: Ann Lee                 | Das Wehr an der Lahr.
    Un pompier à Dole. Ann Lee / AFP                      | Un pompier à Dole.
    Новый мост. Фото: Анна Ли                             | Новый мост.
    시장이 다리를 보고 있다. 연합뉴스                          | 시장이 다리를 보고 있다.
    老人在公园里下棋。（视觉中国）                            | 老人在公园里下棋。（视觉中国）
    改修された橋＝江の町で、林小河撮影                         | 改修された橋＝江の町で、林小河撮影
    The pier in 1923 (left) and today (right)             | The pier in 1923 (left) and today (right)
    Ann Lee                                               | Ann Lee
    The pier at dawn. (Ann Lee)                           | The pier at dawn.
    The pier at dawn. (City of Rivertown)                 | The pier at dawn.
    The pier at dawn. (U.S. Navy photo by Ann Lee)        | The pier at dawn.
    The pier at dawn. Ann Lee / The River Times           | The pier at dawn.
    The pier at dawn. Ann Lee, The River Times            | The pier at dawn.
    The pier at dawn. — AFP pic                           | The pier at dawn.
    The pier at dawn. File photo.                         | The pier at dawn.
    Das Wehr an der Lahr. Ann S. Lee/dpa                  | Das Wehr an der Lahr.
    El muelle al amanecer. Ann Lee (EFE)                  | El muelle al amanecer.
    El muelle al amanecer.Ann Lee / Europa Press          | El muelle al amanecer.
    El muelle al amanecer. ANN LEE                        | El muelle al amanecer.
    Il molo all'alba - Foto Ansa                          | Il molo all'alba
    Molo o świcie (fot. Ann Lee/PAP)                      | Molo o świcie
    Новый мост. Фото most.example.ua                      | Новый мост.
    시장이 다리를 보고 있다.ⓒ연합뉴스                         | 시장이 다리를 보고 있다.
    جسر عند الفجر (رويترز)                                | جسر عند الفجر
    Minister Ann Lee (SPD).                               | Minister Ann Lee (SPD).
    The bridge. (Not to scale)                            | The bridge. (Not to scale)
    It opened in 1923. Closed today.                      | It opened in 1923. Closed today.
    From left: Ann Lee, Dr. Bo Berg                       | From left: Ann Lee, Dr. Bo Berg
    PHOTO: The pier was closed for the winter.            | PHOTO: The pier was closed for the winter.
"""
LINES = """
    图为新修的栈桥。              | yes
    新修的栈桥（资料图）           | yes
    江岸日报网站截图              | yes
    ▲ 다리를 건너는 시민들         | yes
    The pier at dawn. Photo: Ann | yes
    他晒出了一张聊天截图。         | no
    桥已经修好了，人们都来看。截图  | no
    The photo shows the bridge.  | no
    Source: a study of last year | no
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row.rsplit("|", 1)) for row in table.splitlines() if row.strip()]


@pytest.mark.parametrize(("printed", "caption"), rows(CAPTIONS))
def test_a_credit_at_the_end_is_no_part_of_a_caption(printed: str, caption: str) -> None:
    assert without_credit(printed) == caption


@pytest.mark.parametrize(("line", "is_caption"), rows(LINES))
def test_a_line_may_say_by_its_own_words_that_it_goes_with_a_picture(line: str, is_caption: str) -> None:
    assert is_caption_line(line) is (is_caption == "yes")


def test_a_sentence_may_go_before_the_word_that_tells_where_an_image_stands_above() -> None:
    assert is_caption_line("桥已经修好了，人们都来看。截图", behind_image=True)


@pytest.mark.parametrize(
    ("block", "caption"),
    [
        ("<div><span>The pier</span> <span class='x-credits'>AFP</span></div>", "The pier"),
        ("<div><p>Ann Lee/AFP</p><p>The pier was closed for the winter.</p></div>", "The pier was closed for the winter."),
        ("<div>The <b>old</b> pier<button>Share</button><span>Enlarge image</span></div>", "The old pier"),
        ("<div>The pier<span>picture alliance/dpa | Ann Lee</span></div>", "The pier"),
        ("<div>The pier<span>privat</span></div>", "The pier"),
        ("<div>The pier<span>Instagram/@annlee</span><span>Open image in gallery</span></div>", "The pier"),
        ("<div>The pier<button>Next</button><span>View gallery - 3</span></div>", "The pier"),
        ("<div>The <i>Ann Lee</i>, a ship</div>", "The Ann Lee, a ship"),
        ("<div><small>Foto: Ann Lee/dpa</small></div>", None),
        ("<div><span>图/江岸日报</span></div>", "图/江岸日报"),
    ],
)
def test_a_caption_is_what_is_left_without_credits_and_buttons(block: str, caption: str | None) -> None:
    assert caption_of(pieces_of(fromstring(block))) == caption


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ann Lee (C) opens the bridge with Bo Berg (L) and others",
        "Visitors look at an image by Claude Berg in the museum of Rivertown",
        "Members of the Association of River Pilots (ARP)",
        "Ann Lee/Bo Berg at the pier",
    ],
)
def test_a_bracket_or_a_phrase_amid_the_sentence_does_not_cut_the_caption(text: str) -> None:
    assert caption_in([text]) == text


@pytest.mark.parametrize(
    "text", ["Ann Lee/Courier", "REX", "ABC-PIX", "Photo:", "Harbour Board / Picturebank", "*", "By Ann Lee", "Pros:", "View photo"]
)
def test_who_made_a_picture_a_mark_and_a_button_are_no_captions(text: str) -> None:
    assert caption_in([text]) is None
