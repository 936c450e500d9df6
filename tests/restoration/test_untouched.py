"""What nobody damaged comes back as it is, as the same object."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.restoration.restore import restore
from tests.bench.corpus import MANIFEST
from tests.restoration.clean_texts import NEWS, UNTOUCHABLE, as_html, paragraphs
from tests.restoration.paragraphs import PARAGRAPHS, VI

DAMAGED = {"fundus/cn/People_2024_04_24"}  # read as strict GB2312 by its publisher: part of a line of names can be restored


@pytest.mark.parametrize("name", [*NEWS, *UNTOUCHABLE])
def test_each_clean_paragraph_comes_back_as_it_is(name: str):
    for paragraph in paragraphs(name):
        restored = restore(paragraph)
        assert restored.text is paragraph
        assert (restored.is_cloaked, restored.repairs) == (False, ())


@pytest.mark.parametrize("name", [*NEWS, *UNTOUCHABLE])
def test_a_page_of_clean_paragraphs_comes_back_as_it_is(name: str):
    for page in (as_html(paragraphs(name)), "\n".join(paragraphs(name))):
        restored = restore(page)
        assert restored.text is page
        assert (restored.is_cloaked, restored.repairs) == (False, ())


@pytest.mark.parametrize("text", [*dict.fromkeys(text for _, _, text in PARAGRAPHS), VI], ids=lambda text: text[:12])
def test_text_in_other_languages_passes_as_the_same_object(text: str):
    assert restore(text).text is text
    page = as_html((text,) * 5)
    assert restore(page).text is page


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=["Cs"])))
@settings(max_examples=100, derandomize=True)
def test_text_in_latin_letters_is_never_taken_for_cloaked(text: str):
    restored = restore(text)
    assert not restored.is_cloaked
    assert restored.original() == text


@pytest.mark.parametrize("name", ["taiwan", "hongkong", "society", "english"])
def test_scripts_and_addresses_look_like_no_damage(name: str):
    code = "<script>f(a?(e):b);if(x?a)y(t?n)||z?id):0</script>\n<a href='/q?/a?b=(ma)'>?</a>\n<code>a?b)</code>"
    page = as_html(paragraphs(name)).replace("</body>", f"{code}</body>")
    restored = restore(page)
    assert restored.text is page
    assert not restored.is_cloaked


def test_no_real_page_is_changed_that_its_publisher_did_not_damage():
    if not MANIFEST.exists():
        pytest.skip(f"the real pages are not at {MANIFEST.parent}")
    from tests.bench.score_dissection import load_pages

    changed = {}
    for row, html in load_pages(MANIFEST):
        restored = restore(html)
        if restored.is_cloaked or (restored.text is not html and row["id"] not in DAMAGED):
            changed[row["id"]] = restored.scores, [(r.before, r.after, r.method) for r in restored.repairs[:3]]
    assert changed == {}
