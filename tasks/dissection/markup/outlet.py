"""Who publishes the page, by all the names it uses for itself."""

import re
from collections.abc import Iterator, Set
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from tasks.dissection.markup.declared import article_nodes, first_text, resolve, texts_of, types_of
from tasks.dissection.markup.headings import head_title, headings_of
from tasks.dissection.markup.outlet_zone import host_of
from tasks.dissection.markup.parsed_page import ParsedPage, once_per_page, text_of
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.text import headline_key, squeeze, width
from tasks.dissection.words.web_address import split_url

_SECOND_LEVEL = frozenset({"co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv", "nom", "web", "news", "in"})
# Separators that sites put between headline, section and name; a plain colon belongs to the headline.
TITLE_SEPARATORS = re.compile(r"\s+[-–—―|:•·»«›‹<>＞＜/~▷▶★→]+\s+|\s*(?:[|_｜丨ㅣ│]|--|::)+\s*|\s*[-–—－](?=[^-–—－\s]{2,12}$)")
_SEPARATING = " -–—―|_:·•»«›‹<>＞＜~▷▶★→｜丨ㅣ│/－"
# What parts the outlet's name from the headline where headlines hold it too: only a name that is known is cut off there.
_WEAK_END = re.compile(r"\s*(?:[：／·:]\s?|[（(【](?=[^（()）【】]{2,40}[）)】]$))(?P<name>[^：／·:（()）【】]{2,40})[）)】]?$")
_WEAK_START = re.compile(r"^(?P<name>[^：:【】]{2,40})[：:]\s*(?=\S{2})|^【(?P<held>[^【】]{2,40})】\s*(?=\S{2})")
_MOST_SIGNATURES = 4  # section, sub-section, outlet and its owner
MOST_HOME_LINKS, MOST_SIGN = 8, 40  # characters of a name
LEAST_HEADLINE = 10  # columns
MUCH_LONGER = 1.5  # a part of <title> than all others: the headline
_FRONT_PATHS = frozenset(("", "/", "/index.html", "/index.htm", "/index.php", "/home", "./"))
_WORDS = re.compile(r"[\W_]+")


class Outlet:
    """Names of the outlet: as declared, as its host spells it, and as it signs <title>."""

    def __init__(self, page: ParsedPage) -> None:
        self.host = host_of(page)
        self.label = registered_name(self.host)
        self.signs = _signs(page)
        self.signature, self.is_signed = _signature(page, self.label, self.signs | set(map(headline_key, _declared_names(page))))
        signed = self.signature if self.is_signed else ()
        self.declared = tuple(dict.fromkeys((*_declared_names(page), *signed)))
        self.folded = {headline_key(n) for n in self.declared} | {self.label, headline_key(self.host.removeprefix("www."))} - {""}
        self._is_named: dict[str, bool] = {}  # the same few names are asked by every region
        self.handles = [headline_key(h).strip("@") for h in page.meta.get("twitter:site", ())]

    def is_named(self, name: str) -> bool:
        """Whether `name` is the outlet itself: a name it declares, its host, its initials, or one with only words such as online added."""
        if name not in self._is_named:
            self._is_named[name] = self._names(name)
        return self._is_named[name]

    def _names(self, name: str) -> bool:
        key = headline_key(name)
        if not key:
            return False
        if key in self.folded or key in self.handles:
            return True
        is_prefix = len(key) >= 2 and not key.isascii()
        if any(key == part or (is_prefix and part.startswith(key)) for part in map(headline_key, self.signature)):
            return True
        words = [w for w in _WORDS.split(squeeze(name).casefold()) if w]
        plain = "".join(w for w in words if w not in words_of("names", "outlet_words"))
        if plain and plain in self._plain_names:
            return True
        if len(words) > 1 and "".join(w[0] for w in words) == self.label:  # River Times at rt.example
            return True
        return name.isupper() and len(name) in range(2, 6) and headline_key(name) in self._initials()

    def is_sign(self, text: str) -> bool:
        """Whether `text` is what the page signs with: the outlet's name, or what a link to its front page says, as a logo does."""
        return headline_key(text) in self.signs or self.is_named(text)

    def starts(self, name: str) -> bool:
        """Whether `name` begins with the outlet's short name, as the affiliation after a byline does: River Times North."""
        first = next((w for w in _WORDS.split(name.casefold()) if w), "")
        if len(first) >= 2 and (first == self.label or first in self.folded):
            return True
        return any(len(known) >= 5 and headline_key(name).startswith(known) for known in self.folded)

    @cached_property
    def _plain_names(self) -> frozenset[str]:
        return frozenset((*self.folded, *map(self._plain, self.declared), headline_key(self.label)))

    def _plain(self, name: str) -> str:
        words = [w for w in _WORDS.split(name.casefold()) if w]
        return "".join(w for w in words if w not in words_of("names", "outlet_words"))

    def _initials(self) -> set[str]:
        return {"".join(w[0] for w in _WORDS.split(n.casefold()) if w) for n in self.declared if " " in n}


@once_per_page
def outlet_of(page: ParsedPage) -> Outlet:
    """Who publishes the page."""
    return Outlet(page)


def registered_name(host: str) -> str:
    """The registered name in a host: rivertimes of www.rivertimes.co.uk, jianghe of politics.jianghe.com.cn."""
    labels = host.split(".")
    if len(labels) < 2 or not labels[0]:
        return ""
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL:
        return labels[-3]
    return labels[-2]


def strip_outlet(title: str, outlet: Outlet) -> str:
    """`title` without trailing or leading parts that are the outlet's name."""
    for _ in range(_MOST_SIGNATURES):
        parts = TITLE_SEPARATORS.split(title)
        if len(parts) > 1 and outlet.is_sign(parts[-1]):
            title = title[: title.rfind(parts[-1])].rstrip(_SEPARATING)
        elif len(parts) > 1 and outlet.is_sign(parts[0]):
            title = title[len(parts[0]) :].lstrip(_SEPARATING)
        elif (end := _WEAK_END.search(title)) and end.start() and outlet.is_sign(end["name"]):
            title = title[: end.start()]
        elif (start := _WEAK_START.search(title)) and outlet.is_sign(start["name"] or start["held"]):
            title = title[start.end() :]
        else:
            break
    return title


def _signs(page: ParsedPage) -> frozenset[str]:
    """What links to the front page say, folded."""
    host = host_of(page)
    roots = {"/", "./", *(f"{scheme}{host}{end}" for scheme in ("http://", "https://", "//") for end in ("", "/") if host)}
    links = (link for link in page.tree.iter("a") if link.get("href") in roots)
    return frozenset(key for key in (headline_key(text_of(link)) for link in islice(links, MOST_HOME_LINKS)) if 1 < len(key) <= MOST_SIGN)


def leads_home(page: ParsedPage, element: HtmlElement) -> bool:
    """Whether all that an element holds is a link to a front page, its site's or its platform's, as a logo is."""
    links = [link for link in (*element.iterancestors("a"), *islice(element.iter("a"), 2)) if link.get("href")]
    if not links or text_of(element) not in text_of(links[0]):
        return False
    if "home" in links[0].get("rel", "").split():
        return True
    href = links[0].get("href", "").strip()
    parts = split_url(page.absolute(href) or href)
    return not href.startswith("#") and parts.path in _FRONT_PATHS and not parts.query


def _declared_names(page: ParsedPage) -> Iterator[str]:
    yield from page.meta.get("og:site_name", ())
    for node in article_nodes(page):
        for item in resolve(page, node.get("publisher")):
            yield from texts_of(item)
    for node in page.json_ld:
        if {"WebSite", "NewsMediaOrganization"} & set(types_of(node)):
            yield from texts_of(node.get("name"))
            yield from texts_of(node.get("alternateName"))
    for name in ("application-name", "apple-mobile-web-app-title", "site_name", "copyright", "publisher", "dc.publisher"):
        yield from page.meta.get(name, ())


def _signature(page: ParsedPage, label: str, known: Set[str]) -> tuple[tuple[str, ...], bool]:
    """(parts of <title> in which the site signs, whether that is sure); none where <title> is the headline and no more."""
    title = head_title(page)
    key = headline_key(title)
    named = (first_text(page, "headline"), first_text(page, "name"), page.first_meta("og:title"))
    shown = [*map(headline_key, named), *(h.key for h in headings_of(page))]
    headlines = [f for f in shown if len(f) >= 8 or f == key]
    if key in headlines and not any(key.startswith(h.key) and h.key != key and width(h.key) >= LEAST_HEADLINE for h in headings_of(page)):
        return (), False
    headlines = [headline for headline in headlines if headline != key]
    parts = tuple(p for p in TITLE_SEPARATORS.split(title) if p)
    if len(parts) < 2:
        return (), False
    is_known = [headline_key(part) in known for part in (parts[0], parts[-1])]
    if is_known[0] != is_known[1]:
        return (parts[:1] if is_known[0] else parts[-1:]), False
    is_printed = any(key.startswith(h) and len(h) > len(key) - len(headline_key(parts[-1])) for h in headlines)
    if not is_printed and _is_host_name(parts[0], label) != _is_host_name(parts[-1], label):
        return (parts[-1:] if _is_host_name(parts[-1], label) else parts[:1]), True
    if any(key.endswith(h) for h in headlines) and not any(headline_key(parts[0]) in h for h in headlines):  # the outlet stands first
        return parts[:1], True
    headline = max((h for h in headlines if key.startswith(h)), key=len, default="")
    if not headline and headline_key(parts[0]) not in shown and width(parts[-1]) > MUCH_LONGER * max(map(width, parts[:-1]), default=0):
        return parts[:1], False
    parts = parts[1:]
    while headline and parts and sum(len(headline_key(p)) for p in parts) > len(key) - len(headline):
        parts = parts[1:]
    return (parts[-3:], True) if headline else (parts[-1:], False)


def _is_host_name(part: str, label: str) -> bool:
    """Whether a part of <title> spells the host: Ann Lee’s Digital Home at annlee.example."""
    letters, name = (_WORDS.sub("", text.casefold()) for text in (part, label))
    return len(name) >= 4 and (name in letters or (len(letters) >= 5 and letters in name))
