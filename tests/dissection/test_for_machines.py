from lxml import html as lxml_html

from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.markup.twins import copy_with_twins
from tasks.dissection.page import dissect_html

STORY = "".join(
    f"<p>Paragraph {n} tells at some length what happened in the harbour of Larkfield on that day, and who was there to see it.</p>"
    for n in range(12)
)
LAZY = "<noscript><img src='/big.jpg'></noscript>"


def test_what_only_machines_read_is_kept_and_is_no_text_of_the_page() -> None:
    page = ParsedPage(
        "<title>Pier</title><body><h1>The pier<script>draw()</script></h1><script type='application/ld+json'>{'x':1}</script>"
        "<script type='application/ld+json'>{\"headline\": \"The pier\"}</script><meta itemprop='datePublished' content='2024-05-07'>"
        f"<noscript>Please switch scripts on.</noscript>{LAZY}</body>"
    )
    assert page.tree.find("body").text_content() == "The pier"
    assert (page.json_ld, page.meta) == ([{"headline": "The pier"}], {"datepublished": ["2024-05-07"]})
    assert (len(page.for_machines.scripts), len(page.for_machines.notices)) == (3, 2)


def test_a_script_inside_the_headline_is_no_part_of_it() -> None:
    found = dissect_html(f"<body><h1>Ferry stops at noon<script>track('x')</script></h1>{STORY}</body>", None, None)
    assert found.article is not None and found.article.title == "Ferry stops at noon"


def test_a_story_for_readers_without_scripts_is_the_page_where_nothing_else_is() -> None:
    shell = "<title>Ferry stops at noon</title><body><div id='app'></div><script src='/app.js'></script>"
    found = dissect_html(f"{shell}<noscript><h1>Ferry stops at noon</h1>{STORY}</noscript></body>", None, None)
    assert found.article is not None and found.article.body.count("Paragraph") == 12
    notice = dissect_html(
        f"{shell}<noscript><p>This is a web application, and it needs JavaScript to run.</p></noscript></body>", None, None
    )
    assert notice.article is None and notice.reason == "not_article:empty_shell"


def test_a_story_for_readers_without_scripts_is_not_read_twice() -> None:
    found = dissect_html(f"<body><h1>Ferry stops at noon</h1>{STORY}<noscript>{STORY.replace('Para', 'Epi')}</noscript></body>", None, None)
    assert found.article is not None and "Epigraph" not in found.article.body


def test_a_twin_stands_where_its_original_does() -> None:
    tree = lxml_html.document_fromstring("<body><p>a</p><div><p>b</p><p id='x'>c</p></div></body>")
    wanted = [tree.get_element_by_id("x"), tree.find("body/p")]
    copy, twins = copy_with_twins(tree, wanted)
    assert [twins[element].text for element in wanted] == ["c", "a"]
    assert all(twins[element].getroottree().getroot() is copy for element in wanted)
