"""Pages of an invented paper for the tests of listings: one article, and a block beside it or within it."""

from tasks.dissection.findings import DissectedPage
from tasks.dissection.page import dissect_html

STORY = (
    "The harbour council of Port Ellery voted on Tuesday evening to rebuild the northern pier, ending a dispute of nine years.",
    "Fishing crews had warned that without the pier the winter fleet would have to unload forty kilometres further south.",
    "The new pier will be two hundred metres long, and its first section is to open before the herring season of next year.",
    "Opponents said they would study the contract, since the last one was cancelled when half of the steel had been paid for twice.",
)
HEADLINES = (
    "Storm closes three bridges on the coast road",
    "School buses to run on hydrogen from May",
    "Museum returns forty carvings to the islands",
    "Why the ferry line sold its oldest ship",
    "Court stops the plan for a second marina",
    "Bakers fight over the name of a bun",
)
PIER = ("北港码头重建计划获得通过", "渔民担心冬季卸货地点太远", "工程师介绍新码头设计方案", "审计发现钢材重复付款问题")


def dissected(beside: str = "", within: str = "") -> DissectedPage:
    """The page with a block behind its article, and one behind the second paragraph."""
    first, second = ("".join(f"<p>{line}</p>" for line in part) for part in (STORY[:2], STORY[2:]))
    return dissect_html(
        "<html lang='en'><head><title>Port Ellery rebuilds its pier</title><meta property='og:type' content='article'></head><body>"
        "<header><nav><ul><li><a href='/n'>News</a><li><a href='/s'>Sport</a></ul></nav></header><main><article>"
        f"<h1>Port Ellery rebuilds its pier</h1><div class='story'>{first}{within}{second}</div></article>{beside}</main></body></html>",
        "https://portnews.example/2024/05/pier",
        None,
    )


def listings_of(page: DissectedPage) -> list[tuple[str | None, list[str]]]:
    """Labels and headlines."""
    return [(listing.label, [item.headline for item in listing.items]) for listing in page.listings]


def repeated(pattern: str, texts: tuple[str, ...] = HEADLINES) -> str:
    """The pattern once a text, with {n} for its number and {text} for itself."""
    return "".join(pattern.format(n=n, text=text) for n, text in enumerate(texts, 1))


def body_of(page: DissectedPage) -> list[str]:
    assert page.article is not None, page.detail
    return page.article.body.split("\n")
