"""Who machines are told has written the article: JSON-LD in all its shapes, <meta> under any name for an author, addresses of authors."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from tasks.dissection.markup.declared import ORGANISATIONS, article_nodes, resolve, texts_of, types_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.names import in_order, looks_like_name, says_role, split_names
from tasks.dissection.words.web_address import split_url

# Open Graph, Dublin Core, Parse.ly, Sailthru, Cxense, Dable and Highwire; most telling first.
AUTHOR_META = (
    "article:author", "og:article:author", "article:author_name", "parsely-author", "sailthru.author", "cxenseparse:author",
    "byl", "author", "og:author", "dc.creator", "dcterms.creator", "dable:author", "citation_author", "lp.article:author",
)  # fmt: skip
# Under whatever other name systems print it: news_authors, rbauthor, page.author, author_name. Not of the page's theme, nor an address.
_META = re.compile(
    r"(?:.*[.:_-])?(?:article|news|rb|story|post|page|content)?(?:authors?|creators?|byline)(?:[.:_-]?(?:full[.:_-]?)?names?)?"
)
_OTHERS = re.compile(r"theme|template|site|web|design|twitter|app(?![a-z])")
LABELS = 4  # of twitter:label1 and on, in which systems print "Written by"
_OF_AUTHORS = re.compile(
    r"(?:authors?|autor(?:en|es)?|auteurs?|autori|people|person|profiles?|staff|by|contributors?|writers?|columnists?|journalists?|reporters?"
    r"|team|users?|redaktion|bylines?|firmas?|author-?profiles?)(?![a-z])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


class DeclaredNames(NamedTuple):
    """One place: the names in it, and those of them that are declared as organisations."""

    source: str
    printed: str
    names: Sequence[str]
    organisations: Sequence[str] = ()


def declared_authors(page: ParsedPage) -> Iterator[DeclaredNames]:
    """What JSON-LD and <meta> declare, most trusted first."""
    yield from _json_ld(page, "author")
    known = [name for name in AUTHOR_META if name in page.meta]
    others = [name for name in page.meta if name not in AUTHOR_META and _META.fullmatch(name) and not _OTHERS.search(name)]
    for name in (*known, *others):
        values = list(dict.fromkeys(map(in_order, page.meta[name])))
        yield DeclaredNames(f"meta:{name}", "; ".join(page.meta[name]), [n for value in values for n in split_names(value)])
    for number in range(1, LABELS + 1):
        if says_role(page.first_meta(f"twitter:label{number}") or "") == "author" and (value := page.first_meta(f"twitter:data{number}")):
            yield DeclaredNames(f"meta:twitter:data{number}", value, split_names(value))
    yield from _json_ld(page, "creator")


def _json_ld(page: ParsedPage, key: str) -> Iterator[DeclaredNames]:
    for node in article_nodes(page):
        page_node = node.get("mainEntityOfPage")
        value = node.get(key) or (page_node.get(key) if isinstance(page_node, dict) else None)
        items = resolve(page, value)
        printed = [text for item in items for text in texts_of(item)]
        if not printed:
            continue
        names, organisations = [], []
        for item in items:
            for text in texts_of(item):
                is_organisation = isinstance(item, dict) and any(t in ORGANISATIONS for t in types_of(item))
                organisations += [text] if is_organisation else []
                names += [text] if is_organisation and looks_like_name(text) else split_names(in_order(text))
        yield DeclaredNames(f"json_ld:{key}", "; ".join(printed), list(dict.fromkeys(names)), organisations)


def authors_by_address(page: ParsedPage) -> Iterator[DeclaredNames]:
    """Names in the addresses of authors, where nothing says them in letters: …/author/ann-lee/."""
    for node in article_nodes(page):
        yield from _by_address("json_ld:author", [_address_of(item) for item in resolve(page, node.get("author"))])
    yield from _by_address("meta:article:author", page.meta.get("article:author", ()))


def _address_of(item: Any) -> str | None:
    value = (item.get("url") or item.get("@id") or item.get("name")) if isinstance(item, dict) else item
    return value if isinstance(value, str) else None


def _by_address(source: str, addresses: Iterable[str | None]) -> Iterator[DeclaredNames]:
    names = {address: name for address in addresses if address and (name := name_in_address(address))}
    if names:
        yield DeclaredNames(f"{source}:address", "; ".join(names), list(dict.fromkeys(names.values())))


def name_in_address(address: str) -> str | None:
    """Ann Lee of https://…/author/ann-lee/; None where it is no author's, or where its end is no name of two to four words."""
    if not address.startswith(("http://", "https://", "/")):
        return None
    parts = [part for part in split_url(address).path.split("/") if part]
    if len(parts) < 2 or not any(_OF_AUTHORS.match(part) for part in parts[:-1]):
        return None
    words = re.split(r"[-_.+\s]+", re.sub(r"\.\w{3,5}$|[-_]?\d+$", "", unquote(parts[-1])))
    if not 2 <= len(words) <= 4 or not all(_WORD.fullmatch(word) for word in words):
        return None
    return " ".join(word if word != word.lower() else word.capitalize() for word in words)
