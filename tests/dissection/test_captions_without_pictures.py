"""Captions where the picture stands above the story, is drawn by a script, or is not there at all."""

from tasks.dissection.findings import Image
from tasks.dissection.page import dissect_html

STORY = "".join(f"<p>Paragraph {n} tells what happened in the town on that day, and who was there to see it.</p>" for n in range(5))
LEAD = '<meta property="og:image" content="https://cdn.example/harbour-at-dawn.jpg">'


def images_of(above: str, inside: str = "", head: str = "") -> tuple[Image, ...]:
    html = f"<html><head><title>What happened in the town</title>{head}</head><body><main><div class='top'>{above}</div>"
    html += f"<div class='story'>{STORY}{inside}{STORY}</div></main></body></html>"
    return dissect_html(html, "https://courier.example/local/story", None).images


HEADLINE = "<h1>What happened in the town</h1>"


def test_a_picture_above_the_headline_or_in_a_gallery_is_the_articles_where_it_has_a_caption() -> None:
    hero = '<figure><img src="/img/harbour-at-dawn.jpg"><figcaption>The harbour at dawn</figcaption></figure>'
    assert images_of(hero + HEADLINE)[0].caption == "The harbour at dawn"
    assert images_of(f"{HEADLINE}<ul><li>{hero}</li></ul>")[0].caption == "The harbour at dawn"
    assert images_of('<img src="/img/banner-of-the-site.jpg">' + HEADLINE) == ()


def test_the_caption_of_a_picture_that_a_script_draws_is_that_of_the_lead() -> None:
    empty = "<figure><img><figcaption>The harbour at dawn</figcaption></figure>"
    bare = "<figure><figcaption>The harbour at dawn</figcaption></figure>"
    for figure in (empty, bare):
        assert images_of(HEADLINE + figure, head=LEAD) == (Image("https://cdn.example/harbour-at-dawn.jpg", "The harbour at dawn", None),)


def test_a_later_picture_that_a_script_draws_has_a_caption_and_no_address() -> None:
    first = '<figure><img src="/img/harbour-at-dawn.jpg"><figcaption>The harbour at dawn</figcaption></figure>'
    later = '<figure><img src="/img/placeholder.png"><figcaption>The pier at night</figcaption></figure>'
    found = images_of(HEADLINE + first, later)
    assert [(image.url, image.caption) for image in found][1:] == [(None, "The pier at night")]


def test_code_tables_sound_and_authors_in_figures_are_no_pictures() -> None:
    boxes = ("<pre>print(1)</pre><figcaption>How to print</figcaption>", "<audio></audio><figcaption>Listen to this story</figcaption>")
    author = "<figure><img><figcaption>By Ann Lee</figcaption></figure>"
    assert images_of(HEADLINE, "".join(f"<figure>{box}</figure>" for box in boxes) + author) == ()


def test_a_figure_that_is_named_after_its_size_is_the_articles() -> None:
    figure = '<figure class="image teaser"><img src="/img/harbour-at-dawn.jpg"><figcaption>The harbour at dawn</figcaption></figure>'
    assert [image.caption for image in images_of(HEADLINE, figure)] == ["The harbour at dawn"]


def test_blocks_beside_the_story_are_captions_where_nothing_in_them_is_linked_or_short() -> None:
    block = "<div class='pic'><img src='/img/harbour-at-dawn.jpg'><div>{text}</div></div>"
    assert [image.caption for image in images_of(HEADLINE + block.format(text="The harbour in the first light of day"))] == [
        "The harbour in the first light of day"
    ]
    for text in ("Play video", "Ann Lee", "Order the new guide to the harbour <a href='/guide'>here for little</a>"):
        assert [image.caption for image in images_of(HEADLINE + block.format(text=text)) if image.caption] == []
