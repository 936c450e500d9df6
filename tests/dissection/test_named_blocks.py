"""What class names and ids around a block say, and what its neighbours do to its chance."""

from lxml.html import HtmlElement, fromstring

from tasks.dissection.body.named_blocks import KINDS, NAMES, NamedBlocks, flags
from tasks.dissection.body.story_blocks import chances


def kinds(bits: int) -> set[str]:
    return {kind for place, kind in enumerate(KINDS) if bits >> place & 1}


def told(html: str) -> tuple[set[str], set[str]]:
    root: HtmlElement = fromstring(html)
    block = root.xpath("//p")[0]
    own, around = NamedBlocks().of(block, block.getparent())
    return kinds(own), kinds(around)


def test_a_block_and_its_parent_are_told_apart_from_what_is_around_them() -> None:
    html = '<div class="page"><section id="shareTools"><div class="newsletter-box"><p class="imageCaption">Ferry</p></div></section></div>'
    assert told(html) == ({"caption", "letter", "beside"}, {"share"})


def test_words_of_a_name_may_be_glued_but_for_the_shortest() -> None:
    assert told('<div class="ferrylist"><p class="harbourtext">Ferry</p></div>')[0] == {"related", "content"}
    assert told('<div class="roadway"><p>Ferry</p></div>')[0] == set()
    assert told('<div class="ad-slot"><p>Ferry</p></div>')[0] == {"beside"}


def test_the_names_of_the_whole_page_are_not_asked() -> None:
    assert told('<html class="archive"><body class="sidebar"><div><div><p>Ferry</p></div></div></body></html>') == (set(), set())


def test_every_kind_is_a_measure_of_its_own() -> None:
    assert len(flags(1, 1 << len(KINDS) - 1)) == len(NAMES) == 2 * len(KINDS)
    assert [name for name, flag in zip(NAMES, flags(1, 1 << len(KINDS) - 1), strict=True) if flag] == ["caption_own", "content_around"]


def test_a_block_between_the_storys_is_likelier_than_one_among_others() -> None:
    within, among = chances([3, 3, 0, 3, 3])[2], chances([-3, -3, 0, -3, -3])[2]
    assert among < 0.5 < within
    assert chances([0])[0] < 0.5
