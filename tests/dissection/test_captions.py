from lxml.html import HtmlElement, fromstring

from tasks.dissection.pictures.caption_finder import CaptionFinder, Printed

STORY = "".join(f"<p>Paragraph {n} tells what happened in the town on that day, and who was there to see it.</p>" for n in range(5))


def printed_in(inside: str) -> list[Printed]:
    core: HtmlElement = fromstring(f"<div class='story'>{STORY}{inside}{STORY}</div>")
    finder = CaptionFinder(core)
    return [finder.read(image) for image in core.iter("img")]


def captions_in(inside: str) -> list[str | None]:
    return [printed.caption for printed in printed_in(inside)]


def test_the_paragraph_behind_an_image_is_the_story_unless_something_says_otherwise() -> None:
    assert captions_in("<p><img src='a.jpg'></p>") == [None]
    assert captions_in("<p><img src='a.jpg'></p><p>A short line of the story</p>") == [None]
    assert captions_in("<p><img src='a.jpg'>It was a long day for all who came to see the bridge, and a longer night.</p>") == [None]


def test_a_line_printed_as_no_other_is_a_caption_and_a_subhead_is_not() -> None:
    assert captions_in("<p><img src='a.jpg'></p><p align='center'>The bridge</p>") == ["The bridge"]
    assert captions_in("<p><img src='a.jpg'></p><p><em>The bridge</em></p>") == ["The bridge"]
    assert captions_in("<p><img src='a.jpg'></p><p><strong>The bridge</strong></p>") == [None]
    assert captions_in("<p><img src='a.jpg'></p><h3 align='center'>The bridge</h3>") == [None]
    assert captions_in("<p align='center'>The day</p><p><img src='a.jpg'></p><p align='center'>The night</p>") == [None]


def test_short_lines_behind_every_image_are_captions() -> None:
    assert captions_in("".join(f"<p><img src='{n}.jpg'></p><p>Part {n}.</p>{STORY}" for n in range(3))) == ["Part 0.", "Part 1.", "Part 2."]


def test_a_line_that_repeats_the_alternative_text_is_a_caption_and_that_text_alone_is_none() -> None:
    assert captions_in("<p><img src='a.jpg' alt='The bridge'></p><p>The bridge</p>") == ["The bridge"]
    assert captions_in("<p><img src='a.jpg' alt='The bridge'></p>") == [None]


def test_a_caption_by_name_is_found_above_other_text_at_the_image() -> None:
    inner = "<div class='pic'><a href='#i'></a><div><img src='a.jpg'><span>Scroll through the page to load this</span></div></div>"
    assert captions_in(f"<div>{inner}<div class='image__caption'>The bridge, 1923</div></div>") == ["The bridge, 1923"]
    assert captions_in("<div><img src='a.jpg'><p class='pie-de-foto'>El puente</p></div>") == ["El puente"]


def test_what_stands_in_one_block_with_an_image_is_no_caption_where_it_is_a_name_a_box_or_a_part_of_a_sentence() -> None:
    assert captions_in("<div><img src='a.jpg'><div>Side panel</div></div>") == [None]
    assert captions_in("<div><img src='a.jpg'><h5>Trusted by teams at many companies</h5></div>") == [None]
    assert captions_in("<div><img src='a.jpg'><span>Write a comment of your own</span><textarea></textarea></div>") == [None]
    assert captions_in("<span><img src='a.jpg'>In March I wrote about it in</span> <a href='/b'>a post</a>.") == [None]


def test_two_images_in_one_figure_have_one_caption() -> None:
    figure = "<figure><img src='a.jpg'><img src='b.jpg'><figcaption>Before and after</figcaption></figure>"
    assert captions_in(figure) == ["Before and after", None]


def test_the_image_of_another_story_has_no_caption_and_is_told() -> None:
    teaser = "<div class='box'><a href='/x'><img src='a.jpg'><span>Another story that happened</span></a></div>"
    share = "<div class='share-qr'><img src='code.jpg'><span>Scan the code</span></div>"
    assert [printed.is_elsewhere for printed in printed_in(teaser + share)] == [True, True]


def test_what_is_printed_with_a_video_is_no_caption_and_no_line_of_the_story_either() -> None:
    (printed,) = printed_in("<div class='video-box'><img src='still.jpg'><div class='caption'>Watch the bridge open</div></div>")
    assert (printed.caption, printed.lines) == (None, ("Watch the bridge open",))


def test_what_is_named_a_caption_may_be_a_heading_where_it_repeats_the_alternative_text() -> None:
    headed = "<div><img src='a.jpg' alt='{}'><div class='caption'><h2>The bridge on the day of the flood</h2></div></div>"
    assert captions_in(headed.format("The bridge on the day of the flood")) == ["The bridge on the day of the flood"]
    assert captions_in(headed.format("A bridge")) == [None]
