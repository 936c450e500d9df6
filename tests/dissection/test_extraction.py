"""What this code leans on in trafilatura, which is not its documented surface."""

import inspect

import trafilatura
from lxml import etree
from lxml import html as lxml_html
from trafilatura import htmlprocessing, main_extractor, settings, xml

from tasks.dissection.body.extraction import FAST, cleaned, extract_fast, extract_full

PAGE = "<html><body><article>" + "".join(
    f"<p>Paragraph {n} of an article that goes on for a while, so that no extractor takes it for a stub.</p>" for n in range(12)
) + "</article></body></html>"  # fmt: skip


def test_the_stages_are_called_as_trafilatura_calls_them() -> None:
    """The day this fails, compare extraction.extract_fast with trafilatura.core.trafilatura_sequence of the new version."""
    assert trafilatura.__version__.startswith("2.3.")
    assert list(inspect.signature(htmlprocessing.convert_tags).parameters) == ["tree", "options", "url"]
    assert list(inspect.signature(main_extractor.extract_content).parameters) == ["cleaned_tree", "options"]
    assert list(inspect.signature(xml.xmltotxt).parameters) == ["xmloutput", "include_formatting"]
    assert {"fast", "comments", "output_format", "date_params"} <= set(inspect.signature(settings.Extractor.__init__).parameters)


def test_the_fast_way_gives_the_text_that_trafilatura_gives() -> None:
    fast = extract_fast(lxml_html.document_fromstring(PAGE), "page")
    assert fast.text.strip() == extract_full(lxml_html.document_fromstring(PAGE), "full").text.strip()
    assert fast.text.count("Paragraph") == 12


CLUTTERED = """<html><body><form id="page"><div><p>A long line about the ferry, its two engines and the quay it left at six.</p>
<figure><table><tr><td>Six</td></tr></table></figure><figure><img src="a.jpg"><figcaption>The quay</figcaption></figure>
<table role="presentation"><tr><td>Left</td></tr></table>
<p>It was <small>late</small>, <time>today</time> <math alttext="x"></math>again.</p>
<button>More</button><aside>Aside</aside><p></p><ul><li></li><li>One</li></ul></div></form><form>Find <input></form></body></html>"""


def test_a_page_is_cleaned_as_trafilatura_cleans_it() -> None:
    """The day this fails, compare extraction.cleaned with trafilatura.htmlprocessing.tree_cleaning of the new version."""
    ours, theirs = lxml_html.document_fromstring(CLUTTERED), lxml_html.document_fromstring(CLUTTERED)
    assert etree.tostring(cleaned(ours)) == etree.tostring(htmlprocessing.tree_cleaning(theirs, FAST))
