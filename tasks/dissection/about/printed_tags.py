"""Tags as readers see them: a row of short links that say what the article is about."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qs, unquote

from lxml.html import HtmlElement

from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.measures import INLINE
from tasks.dissection.markup.parsed_page import ParsedPage, text_of
from tasks.dissection.words.class_names import kind_of_names
from tasks.dissection.words.furniture import kind_of
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.sentences import SENTENCE_END
from tasks.dissection.words.text import headline_key
from tasks.dissection.words.web_address import leads_to_person, split_url

MOST_TAG = 60  # characters of one: longer links are headlines
MOST_TAGS = 25  # in a row that no declared keyword confirms: longer ones are indexes of the site
LABEL_CHARS = 30  # of unlinked text in the row: what it is called
LEVELS = 4  # of wrappers around a link that hold it alone, and around a row that are asked for their names
TAGGED_SHARE = 0.6  # of the links of a row that have to look like tags
_SITES = frozenset(("nav", "header", "footer", "aside", "form", "menu"))  # around rows of the site's own topics
_QUERIES = ("keyword", "tag", "topic")


@dataclass(frozen=True, slots=True)
class TagRow:
    """Links that stand together. `agreeing` of them say what the page declares as its keywords."""

    element: HtmlElement
    texts: tuple[str, ...]
    names: str
    agreeing: int
    is_called: bool  # by its names or a word before it
    is_addressed: bool  # all lead to the stories of a topic

    @property
    def is_sure(self) -> bool:
        """Whether it is a row of tags, whatever the page declares: a single link has to be called so and lead so."""
        return (self.is_called and self.is_addressed) if len(self.texts) == 1 else (self.is_called or self.is_addressed)

    @property
    def is_agreed(self) -> bool:
        """Whether it says what the page declares; of a row that nothing calls so, all has to."""
        if self.is_called or self.is_addressed:
            return self.agreeing == len(self.texts) or (self.agreeing > 1 and self.agreeing > len(self.texts) / 2)
        return self.agreeing == len(self.texts) > 1


def printed_tags(page: ParsedPage, declared: Sequence[str]) -> tuple[str, ...]:
    """The tags of the row that agrees best with the declared keywords, else of the one behind the headline that is named so.

    Rows of one name are those of other stories, each with its own.
    """
    keys = {headline_key(keyword) for keyword in declared}
    rows = list(_rows(page.tree, keys))
    agreed = [row for row in rows if row.is_agreed and _is_of_article(page, row)]
    if agreed:
        return max(agreed, key=lambda row: row.agreeing).texts
    own = [row for row in rows if row.is_sure and len(row.texts) <= MOST_TAGS and _is_of_article(page, row)]
    alike = Counter(row.names for row in own)
    return next((row.texts for row in own if alike[row.names] == 1), ())


def _is_of_article(page: ParsedPage, row: TagRow) -> bool:
    """Whether it stands behind the headline, in none of the site's own blocks."""
    heading = headline_area(page).heading
    around = [ancestor.tag for ancestor in row.element.iterancestors()]
    if not _SITES.isdisjoint((row.element.tag, *around)) and "article" not in around:
        return False
    return heading is None or _is_behind(row.element, heading)


def _is_behind(element: HtmlElement, other: HtmlElement) -> bool:
    """Whether it follows the other in page order."""
    line = [element, *element.iterancestors()][::-1]
    others = [other, *other.iterancestors()][::-1]
    for mine, theirs in zip(line, others, strict=False):
        if mine is not theirs:
            parent = mine.getparent()
            return parent is not None and parent.index(mine) > parent.index(theirs)
    return False


def _rows(tree: HtmlElement, keys: set[str]) -> Iterator[TagRow]:
    seen: set[HtmlElement] = set()
    for link in tree.iter("a"):
        if not (href := link.get("href")) or not (text := _tag_text(link)):
            continue
        if not (_leads_to_topic(href, link) or headline_key(text) in keys or _is_named(link) or _follows_label(link)):
            continue
        for row in _around(link, text):
            if row in seen:
                break
            seen.add(row)
            if (found := _read_row(row, keys)) is not None:
                yield found
                break


def _tag_text(link: HtmlElement) -> str:
    text = text_of(link) if len(link) else " ".join((link.text or "").split())
    text = text.strip("#＃,，、;；|·\"'【】[] ")
    return text if len(text) <= MOST_TAG and kind_of(text) != "control" else ""


def _leads_to_topic(href: str, link: HtmlElement) -> bool:
    """Whether the address is that of the stories on one topic, or the link says so."""
    if "tag" in link.get("rel", "").split():
        return True
    url = split_url(href)
    steps = [step for step in unquote(url.path).casefold().split("/") if step]
    if any(step in words_of("topics", "tag_paths") for step in steps[:-1]):
        return True
    return url.netloc.startswith(("tag.", "tags.")) or any(name in _QUERIES for name in (parse_qs(url.query) if url.query else ()))


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
    links = [(link.get("href", ""), link, _tag_text(link)) for link in row.iter("a") if link.get("href") and text_of(link)]
    links = [(href, link, text) for href, link, text in links if not _is_name_of_row(text)]
    texts = [text for _, _, text in links]
    if not texts or not all(texts) or any(text.casefold() in words_of("notices", "home") for text in texts):
        return None
    whole = text_of(row)
    beside = sum(map(str.isalnum, whole)) - sum(sum(map(str.isalnum, text)) for text in texts)
    if beside > LABEL_CHARS or (beside and SENTENCE_END.search(whole)):
        return None
    agreeing = sum(headline_key(text) in keys for text in dict.fromkeys(texts))
    is_called = _is_named(row) or _is_labelled(row)
    leading = [_leads_to_topic(href, link) for href, link, _ in links]
    persons = sum(leads_to_person(href) and headline_key(text) not in keys for href, _, text in links)
    tagged = sum(is_called or leads or headline_key(text) in keys for leads, text in zip(leading, texts, strict=True)) - persons
    if tagged < TAGGED_SHARE * len(texts):
        return None
    once = tuple({headline_key(text): text for text in reversed(texts)}.values())[::-1]
    return TagRow(row, once, _names(row), agreeing, is_called, all(leading))


def _is_name_of_row(text: str) -> bool:
    return bool(text) and kind_of(f"{text.rstrip(':：')}: x") == "tags"


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
