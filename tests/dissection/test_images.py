import pytest

from tasks.dissection.findings import Image
from tasks.dissection.page import dissect_html

STORY = "".join(f"<p>Paragraph {n} tells what happened in the town on that day, and who was there to see it.</p>" for n in range(5))


def images_of(inside: str, head: str = "") -> tuple[Image, ...]:
    head = f"<head><title>What happened in the town that day</title>{head}</head>"
    html = f"<html>{head}<body><article>{STORY}{inside}</article></body></html>"
    return dissect_html(html, "https://courier.example/local/story", None).images


def test_the_lead_image_comes_first_and_other_sizes_of_it_are_no_images_of_their_own() -> None:
    head = '<meta property="og:image" content="https://cdn.example/harbour-1200x630.jpg">'
    figure = '<figure><img src="https://cdn.example/harbour-640x480.jpg?w=640"><figcaption>The harbour</figcaption></figure>'
    found = images_of(figure, head)
    assert found == (Image("https://cdn.example/harbour-1200x630.jpg", "The harbour", None),)


def test_a_lazy_image_is_taken_from_where_its_loader_keeps_it() -> None:
    found = images_of('<img src="data:image/gif;base64,R0lGOD" data-src="/img/pier-at-dawn.jpg" alt="The pier">')
    assert found == (Image("https://courier.example/img/pier-at-dawn.jpg", None, "The pier"),)


def test_icons_pixels_and_drawings_are_no_images_of_the_article() -> None:
    small = '<img src="/a/some-picture.jpg" width="16"><img src="/icons/share.png"><img src="/t/pixel.gif"><img src="/logo.svg">'
    assert images_of(small) == ()


def test_an_image_beside_the_article_is_none_of_its_images() -> None:
    html = (
        f"<html><head><title>What happened in the town that day</title></head><body><main><div class='story'>{STORY}</div></main>"
        "<aside><a href='/x'><img src='/img/another-story.jpg'>Another story that happened elsewhere</a></aside></body></html>"
    )
    assert dissect_html(html, "https://courier.example/local/story", None).images == ()


def test_a_caption_may_stand_in_a_block_named_so() -> None:
    found = images_of('<div class="pic"><img src="/img/pier-at-night.jpg"><p class="img-caption">The pier at night</p></div>')
    assert found == (Image("https://courier.example/img/pier-at-night.jpg", "The pier at night", None),)


def test_files_that_are_called_alike_are_pictures_of_their_own_where_their_captions_differ() -> None:
    figure = "<figure><img src='/{0}/original.jpg'><figcaption>The pier at {0}</figcaption></figure>"
    found = images_of(figure.format("dawn") + STORY + figure.format("night"))
    assert [image.caption for image in found] == ["The pier at dawn", "The pier at night"]


def test_a_figure_has_its_caption_where_its_file_is_called_as_what_tracks_readers() -> None:
    file = "/img/pixel-watch-at-the-pier.jpg"
    figure = f"<figure><img src=''><noscript><img src='{file}'></noscript><figcaption>A watch at the pier</figcaption></figure>"
    assert [image.caption for image in images_of(figure)] == ["A watch at the pier"]


def test_what_is_printed_with_an_image_is_no_line_of_the_story() -> None:
    figures = (
        '<div class="xy-fig"><img src="/img/pier-at-night.jpg" alt=""><p class="xy-fig-cap">The pier at night, and a ferry</p></div>'
        '<p><img src="/img/pier-at-dawn.jpg" alt="The pier at dawn"></p><p>The pier at dawn</p><p>It was a long night.</p>'
    )
    head = "<head><title>What happened in the town that day</title></head>"
    html = f"<html>{head}<body><article>{STORY}{figures}{STORY}</article></body></html>"
    article = dissect_html(html, "https://courier.example/local/story", None).article
    assert article is not None
    assert "pier" not in article.body
    assert "It was a long night." in article.body


def test_an_image_between_headline_and_story_leads_and_an_advert_there_does_not() -> None:
    headline = "What happened in the town that day"
    lead = '<div class="fig"><img src="/img/pier-at-night.jpg"><p class="fig-cap">The pier at night</p></div>'
    advert = '<a href="https://shop.example/"><img src="/img/buy-a-better-boat.jpg"></a>'
    html = (
        f"<html><head><title>{headline}</title></head><body><div class='page'><img src='/img/banner-of-the-site.jpg'><h1>{headline}</h1>"
        f"{advert}{lead}<div class='story'>{STORY}</div><img src='/img/another-story.jpg'></div></body></html>"
    )
    found = dissect_html(html, "https://courier.example/local/story", None).images
    assert found == (Image("https://courier.example/img/pier-at-night.jpg", "The pier at night", None),)


@pytest.mark.parametrize("image", [
    '<noscript><img src="/img/slip.jpg"></noscript><img src="/spacer.png" class="lazyload">',
    '<img src="/spacer.png" data-srcset="/img/slip-400.jpg 400w, /img/slip.jpg 1200w, /img/slip-800.jpg 800w">',
    '<img src="/img/blank.gif" data-full-size="https://courier.example/img/slip.jpg">',
    '<amp-img src="/img/slip.jpg" width="900" height="600" layout="responsive"></amp-img>',
    '<img src="/loading.gif" srcset="/img/slip.jpg 2x, /img/slip-small.jpg 1x">',
])  # fmt: skip
def test_where_readers_see_an_empty_picture_first_the_true_one_is_found(image: str) -> None:
    found = images_of(f"<figure>{image}<figcaption>At dawn.</figcaption></figure>")
    assert [(one.url, one.caption) for one in found] == [("https://courier.example/img/slip.jpg", "At dawn.")]


def test_a_lead_image_that_links_to_itself_is_the_storys() -> None:
    lead = '<div class="pic"><a href="/img/slip-large.jpg"><img src="/img/slip.jpg"></a><p class="caption">The slip at dawn</p></div>'
    html = f"<body><main><h1>What happened in the town that day</h1>{lead}<div class='story'>{STORY}</div></main></body>"
    assert [image.caption for image in dissect_html(html, "https://courier.example/local/story", None).images] == ["The slip at dawn"]
