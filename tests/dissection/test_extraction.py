"""What this code leans on in trafilatura, which is not its documented surface."""

import inspect

import trafilatura
from lxml import html as lxml_html
from trafilatura import htmlprocessing, main_extractor, settings, xml

from tasks.dissection.extraction import extract_fast, extract_full

PAGE = "<html><body><article>" + "".join(
    f"<p>Paragraph {n} of an article that goes on for a while, so that no extractor takes it for a stub.</p>" for n in range(12)
) + "</article></body></html>"  # fmt: skip


def test_the_stages_are_called_as_trafilatura_calls_them() -> None:
    """The day this fails, compare extraction.extract_fast with trafilatura.core.trafilatura_sequence of the new version."""
    assert trafilatura.__version__.startswith("2.3.")
    assert list(inspect.signature(htmlprocessing.tree_cleaning).parameters) == ["tree", "options"]
    assert list(inspect.signature(htmlprocessing.convert_tags).parameters) == ["tree", "options", "url"]
    assert list(inspect.signature(main_extractor.extract_content).parameters) == ["cleaned_tree", "options"]
    assert list(inspect.signature(xml.xmltotxt).parameters) == ["xmloutput", "include_formatting"]
    assert {"fast", "comments", "output_format", "date_params"} <= set(inspect.signature(settings.Extractor.__init__).parameters)


def test_the_fast_way_gives_the_text_that_trafilatura_gives() -> None:
    fast = extract_fast(lxml_html.document_fromstring(PAGE), "page")
    assert fast.text.strip() == extract_full(lxml_html.document_fromstring(PAGE), "full").text.strip()
    assert fast.text.count("Paragraph") == 12
