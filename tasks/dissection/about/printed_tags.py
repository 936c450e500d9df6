"""Tags as readers see them: a row of short links that say what the article is about."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from tasks.dissection.about.tag_row import TagRow
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.measures import INLINE
from tasks.dissection.markup.parsed_page import ParsedPage, text_of
from tasks.dissection.words.class_names import kind_of_names
from tasks.dissection.words.furniture import kind_of
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.sentences import SENTENCE_END
from tasks.dissection.words.text import headline_key
from tasks.dissection.words.web_address import leads_to_person

MOST_TAG = 60  # characters of one: longer links are headlines
MOST_TAGS = 25  # in a row that no declared keyword confirms: longer ones are indexes of the site
LABEL_CHARS = 30  # of unlinked text in the row: what it is called
LEVELS = 4  # of wrappers around a link that hold it alone, and around a row that are asked for their names
MOST_LINKED = 60  # links in a row
MOST_ASKED = 90  # links behind the headline
TAGGED_SHARE = 0.6  # of the links of a row that have to look like tags
_SITES = frozenset(("nav", "header", "footer", "aside", "form", "menu"))  # around rows of the site's own topics


def printed_tags(page: ParsedPage, declared: Sequence[str]) -> tuple[str, ...]:
    """The tags of the row that agrees best with the declared keywords, else of the one behind the headline that is named so.

    Rows of one name are those of other stories, each with its own.
    """
    keys = {headline_key(keyword) for keyword in declared}
    rows = list(_rows(_links(page), keys))
    agreed = [row for row in rows if row.is_agreed and _is_of_article(row)]
    if agreed:
        return max(agreed, key=lambda row: row.agreeing).texts
    own = [row for row in rows if row.is_sure and len(row.texts) <= MOST_TAGS and _is_of_article(row)]
    alike = Counter(row.names for row in own)
    return next((row.texts for row in own if alike[row.names] == 1), ())


def _is_of_article(row: TagRow) -> bool:
    """Whether it stands in none of the site's own blocks."""
    around = [row.element.tag, *(ancestor.tag for ancestor in row.element.iterancestors())]
    return _SITES.isdisjoint(around) or "article" in around


def _links(page: ParsedPage) -> Iterator[HtmlElement]:
    """The next links behind the headline; the site's menu stands before it, its index far behind."""
    heading = headline_area(page).heading
    return islice(page.tree.iter("a") if heading is None else _behind(heading), MOST_ASKED)


def _behind(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Links behind an element: no more of the page is walked than is asked for."""
    for node in (heading, *heading.iterancestors()):
        for sibling in node.itersiblings():
            for link in sibling.iter("a"):
                if link.get("href") is not None:
                    yield link


def _rows(links: Iterable[HtmlElement], keys: set[str]) -> Iterator[TagRow]:
    """Each link is asked by what its holder is named, its address, and its text where that is short."""
    seen: set[HtmlElement] = set()
    named: dict[HtmlElement, bool] = {}
    for link in links:
        href, text = link.get("href"), link.text
        if not href or (text and len(text) > 2 * MOST_TAG):
            continue
        may_be = _topic_address().search(href) or _holder_is_named(link, named) or "tag" in link.get("rel", "")
        if not may_be and not (text and ((keys and headline_key(text) in keys) or (link.getprevious() is None and _follows_label(link)))):
            continue
        told = _tag_text(link)
        for row in _around(link, told) if told else ():
            if row in seen:
                break
            seen.add(row)
            if (found := _read_row(row, keys)) is not None:
                yield found
                break


def _holder_is_named(link: HtmlElement, named: dict[HtmlElement, bool]) -> bool:
    """Whether the link or one of the next around it is called tags."""
    node: HtmlElement | None = link
    for _ in range(LEVELS):
        if node is None or node.tag in ("body", "html", "article"):
            return False
        if node not in named:
            own = f"{node.get('class', '')} {node.get('id', '')}"
            named[node] = own != " " and kind_of_names(own, ("tags",)) is not None
        if named[node]:
            return True
        node = node.getparent()
    return False


def _tag_text(link: HtmlElement) -> str:
    text = text_of(link) if len(link) else " ".join((link.text or "").split())
    text = text.strip("#＃,，、;；|·\"'【】[] ")
    return text if len(text) <= MOST_TAG else ""


@cache
def _topic_address() -> re.Pattern[str]:
    """An address of the stories on one topic."""
    steps = "|".join(map(re.escape, words_of("topics", "tag_paths")))
    return re.compile(rf"/(?:{steps})/[^/?#]|[?&](?:keyword|tag|topic)s?=|//tags?\.", re.IGNORECASE)


def _is_named(link: HtmlElement) -> bool:
    return kind_of_names(_names(link), ("tags",)) is not None


def _names(element: HtmlElement) -> str:
    """Class and id of an element and of the next around it."""
    around = (element, *islice(element.iterancestors(), LEVELS - 1))
    return " ".join(f"{node.get('class', '')} {node.get('id', '')}" for node in around if node.tag not in ("body", "html", "article"))


def _around(link: HtmlElement, text: str) -> Iterator[HtmlElement]:
    """What holds the link and others beside it, then what holds it alone."""
    node = link
    for parent in islice(link.iterancestors(), LEVELS):
        if parent.tag in ("body", "html"):
            break
        if _tag_text(parent) != text:
            yield parent
            break
        node = parent
    if node.tag not in INLINE:
        yield node


def _read_row(row: HtmlElement, keys: set[str]) -> TagRow | None:
    """The row if its links are tags and nothing but its name stands beside them."""
    links: list[tuple[str, str, bool]] = []
    for link in row.iter("a"):
        if not (href := link.get("href")) or not text_of(link) or _is_name_of_row(text := _tag_text(link)):
            continue
        if not text or len(links) > MOST_LINKED or text.casefold() in words_of("notices", "home") or kind_of(text) == "control":
            return None
        links.append((href, text, _topic_address().search(href) is not None or "tag" in link.get("rel", "").split()))
    texts = [text for _, text, _ in links]
    if not texts:
        return None
    whole = text_of(row)
    beside = sum(map(str.isalnum, whole)) - sum(sum(map(str.isalnum, text)) for text in texts)
    if beside > LABEL_CHARS or (beside and SENTENCE_END.search(whole)):
        return None
    agreeing = sum(headline_key(text) in keys for text in dict.fromkeys(texts))
    is_called = _is_named(row) or _is_labelled(row)
    persons = sum(leads_to_person(href) and headline_key(text) not in keys for href, text, _ in links)
    tagged = sum(is_called or leads or headline_key(text) in keys for _, text, leads in links) - persons
    if tagged < TAGGED_SHARE * len(texts):
        return None
    once = tuple({headline_key(text): text for text in reversed(texts)}.values())[::-1]
    return TagRow(row, once, _names(row), agreeing, is_called, all(leads for _, _, leads in links))


def _is_name_of_row(text: str) -> bool:
    return text.rstrip(":： ").casefold() in words_of("notices", "tags")


def _follows_label(link: HtmlElement) -> bool:
    """Whether a word for tags stands right before the link."""
    parent, previous = link.getparent(), link.getprevious()
    if parent is None:
        return False
    said = (parent.text if previous is None else previous.tail or text_of(previous)) or ""
    return 0 < len(said) <= LABEL_CHARS and _is_name_of_row(said.strip())


def _is_labelled(row: HtmlElement) -> bool:
    """Whether a word for tags stands at its beginning or before it."""
    previous = row.getprevious()
    said = (row.text or "", text_of(row[0]) if len(row) else "", "" if previous is None else text_of(previous))
    return any(len(text) <= LABEL_CHARS and _is_name_of_row(text.strip()) for text in said)
