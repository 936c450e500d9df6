"""The headline for machines is kept apart from the printed one, and only where it is worded otherwise."""

import pytest

from tasks.dissection.page import dissect_html

STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The harbour council of Pell Sound voted on Tuesday evening to keep the old ferry slip open for two more winters, after a survey.",
        "Engineers had warned in spring that the landing could not carry lorries any longer. A new report says nine tonnes are enough.",
        "Fishermen who sell their catch beside the slip welcomed the decision. They had feared that the market would have to move inland.",
    )
)
PRINTED = "Ferry slip to stay open for two more winters"
SEO = "Pell Sound ferry: what the council decided"


def titles(head: str, printed: str = PRINTED) -> tuple[str | None, str | None]:
    page = f"<html><head>{head}</head><body><h1>{printed}</h1>{STORY}</body></html>"
    article = dissect_html(page, "https://www.orrinpost.example/a/1", None).article
    assert article is not None
    return article.title, article.seo_title


@pytest.mark.parametrize("head", [
    f"<title>{SEO} | Orrin Post</title><meta property=og:site_name content='Orrin Post'>",
    f"<title>{SEO}</title><meta property=og:title content='{SEO}'><meta name=twitter:title content='{PRINTED}'>",
    f'<title>{SEO}</title><script type="application/ld+json">{{"@type":"NewsArticle","headline":"{PRINTED}"}}</script>',
])  # fmt: skip
def test_the_printed_headline_is_the_title_and_the_other_is_kept(head: str) -> None:
    assert titles(head) == (PRINTED, SEO)


@pytest.mark.parametrize("stated", [
    PRINTED, f"{PRINTED} - Orrin Post", f"Orrin Post: {PRINTED}", f"Harbour | {PRINTED} | Orrin Post", f"{PRINTED[:30]}…",
    "{{page.title}}", "Orrin Post", "Ferry slip to stay open for two more winters!",
])  # fmt: skip
def test_what_systems_add_to_the_headline_or_cut_off_it_is_no_other_wording(stated: str) -> None:
    assert titles(f"<title>{stated}</title><meta property=og:site_name content='Orrin Post'>") == (PRINTED, None)


def test_a_headline_on_which_json_ld_open_graph_and_title_agree_goes_before_the_printed_one() -> None:
    head = f'<title>{SEO}</title><meta property=og:title content="{SEO}">'
    head += f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{SEO}"}}</script>'
    assert titles(head) == (SEO, None)


def test_both_wordings_are_in_the_evidence() -> None:
    page = f"<html><head><title>{SEO}</title></head><body><h1>{PRINTED}</h1>{STORY}</body></html>"
    findings = {finding.field: finding for finding in dissect_html(page, None, None).findings}
    assert (findings["title"].source, findings["seo_title"].source) == ("heading", "title")
    assert [(c.value, c.verdict) for c in findings["seo_title"].candidates] == [(SEO, "won")]
