"""What the page declares about its article in JSON-LD: the article's own node, among all the others on the page."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from tasks.dissection.markup.loose_json import flattened
from tasks.dissection.markup.parsed_page import ParsedPage, once_per_page, text_of
from tasks.dissection.words.text import headline_key, squeeze

Node = dict[str, Any]
ORGANISATIONS = ("Organization", "NewsMediaOrganization", "Corporation", "LocalBusiness", "Brand")
_ARTICLE_ENDS = ("Article", "BlogPosting", "Report", "Review")
_PAGE_TYPES = ("WebPage", "ItemPage", "CreativeWork", "SocialMediaPosting", "Recipe", "HowTo", "VideoObject")
MOST_ITEMS = 100  # of one value
_ADDRESSES = ("#", "http://", "https://", "/")


@once_per_page
def article_nodes(page: ParsedPage) -> list[Node]:
    """Nodes about the page's article, most trusted first: articles that agree with the page, then the page's own node."""
    nodes = list(_all_nodes(page))
    articles = [n for n in nodes if is_article(n)]
    if len(articles) > 1:
        articles = _about_this_page(page, articles)
    others = [n for n in nodes if n not in articles and any(t in _PAGE_TYPES for t in types_of(n))]
    return articles + sorted(others, key=lambda n: "VideoObject" in types_of(n))


def is_article(node: Node) -> bool:
    """By its type; Baidu's vocabulary for Chinese sites (cambrian.jsonld) has no types, only a pubDate."""
    return any(t.endswith(_ARTICLE_ENDS) for t in types_of(node)) or ("pubDate" in node and "@type" not in node)


def types_of(node: Node) -> list[str]:
    """Names of the node's schema.org types, without the vocabulary's address."""
    kinds = node.get("@type")
    return [str(k).rsplit("/", 1)[-1] for k in (kinds if isinstance(kinds, list) else [kinds]) if k]


def texts_of(value: Any) -> Iterator[str]:
    """Every non-empty string in a JSON-LD value, entities resolved: publishers escape HTML inside JSON."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            text = squeeze(unescape(unescape(item)))
        elif isinstance(item, (int, float)) and not isinstance(item, bool):
            text = str(item)
        elif isinstance(item, dict):
            *others, text = _texts_of_object(item) or [""]
            yield from others
        else:
            continue
        if text:
            yield text


def _texts_of_object(item: Node) -> list[str]:
    """Its value or names; of a person that has none, the given and the family name."""
    inner = item.get("@value") or item.get("name")
    inner = inner.get("@value") if isinstance(inner, dict) else inner
    named = [text for text in _strings(inner if isinstance(inner, list) else [inner]) if text]
    parts = _strings([item.get("givenName"), item.get("familyName")])
    return named or ([" ".join(parts)] if len(parts) == 2 else [t for t in _strings([item.get("alternateName")]) if t])


def _strings(value: Any) -> list[str]:
    """Strings of a list that stands where one string should."""
    return [squeeze(unescape(v)) for v in value if isinstance(v, str)] if isinstance(value, list) else []


def first_text(page: ParsedPage, key: str, *, articles_only: bool = False) -> str | None:
    """The first text that the article's nodes give for `key`."""
    for node in article_nodes(page):
        if articles_only and not is_article(node):
            continue
        if text := next(texts_of(node.get(key)), None):
            return text
    return None


def resolve(page: ParsedPage, value: Any) -> list[Any]:
    """The items of a value, references ({"@id": …} without a name) replaced by the node they point to; lists are flattened."""
    flat: list[Any] = []
    for item in flattened(value):
        if len(flat) == MOST_ITEMS:
            break
        if isinstance(item, str) and item.startswith(_ADDRESSES):
            flat.append(next((n for n in page.json_ld if n.get("@id") == item and "name" in n), item))
        elif isinstance(item, dict) and "name" not in item and "@id" in item:
            flat.append(next((n for n in page.json_ld if n.get("@id") == item["@id"] and "name" in n), item))
        elif item is not None:
            flat.append(item)
    return flat


def _all_nodes(page: ParsedPage) -> Iterator[Node]:
    """Top-level nodes, and the article that a page node names as its main entity."""
    for node in page.json_ld:
        yield node
        main = node.get("mainEntity")
        if isinstance(main, dict) and (main.get("headline") or is_article(main)):
            yield main


def _about_this_page(page: ParsedPage, articles: list[Node]) -> list[Node]:
    """Pages of live tickers and lists declare many articles: those whose headline the page's <title> or og:title shows."""
    shown = headline_key(page.first_meta("og:title")) + " " + "".join(headline_key(text_of(t)) for t in page.tree.iter("title"))
    agreeing = [n for n in articles if any(headline_key(t) in shown for t in texts_of(n.get("headline") or n.get("name")))]
    return agreeing or articles[:1]
