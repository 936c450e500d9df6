"""Where an article's source is printed without a word for it: beside the author, beside the date, as an account, in the lead."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from tasks.dissection.credits.datelines import sign_off
from tasks.dissection.credits.source_names import DATE, MARKS, MOST_CHARS, NamedSource, clean_source
from tasks.dissection.credits.story_lines import is_at_picture
from tasks.dissection.markup.headline import NearText
from tasks.dissection.markup.outlet import Outlet, registered_name
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.agencies import agency_named
from tasks.dissection.words.lexicon import load_lexicon, words_of
from tasks.dissection.words.roles import roles_in
from tasks.dissection.words.sentences import RUN_BYTES
from tasks.dissection.words.text import CJK, headline_key, squeeze
from tasks.dissection.words.web_address import split_url

_MARK = re.compile(r"(?<![a-z])(?:source|origin|provider|paper|publisher|supplier|news-?agency|media-?name)(?![a-z])", re.IGNORECASE)
LEADS = 3  # long pieces after the headline: the headline once more, a standfirst, the lead
_AUTHOR = re.compile(r"author", re.IGNORECASE)
LEAD_CHARS = 400  # of a lead in which it may say whom it is told after
# 据江河网3月1日消息，据《江河日报》报道：
_TOLD_AFTER_CJK = re.compile(
    r"(?:^|[\s，。）)】])(?:综合|綜合)?[据據](?P<name>[《“]?[\u3400-\u9fffA-Za-z·]{2,16}?[》”]?)"
    r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:网站|網站|官网|客户端)?(?:消息|报道|報道|报导|報導|电|電)(?=[，,：:。\s])"
)
_PARTS = re.compile(r"\s*[,|/]\s*")
# Behind the date in one run, with what the outlet did: 江河网[整理].
_DID = re.compile(r"[\[【(（](?:整理|原创|综合|编译|转载|报道)[\]】)）]$")
# What Chinese media are called, when nothing but their place beside the date says that they are the source.
_MEDIUM = re.compile(r"(?:网|網|报|報|社|新闻|新聞|客户端|电视台|周刊|杂志|雜誌|财经|在线|频道|通讯|资讯|传媒|发布|消息|门户|TV|News)$")


def marked(after: Sequence[NearText]) -> Iterator[NamedSource]:
    """A short text of its own whose element is named as the source's, but not that of a picture."""
    for piece in after:
        if len(piece.text) > MOST_CHARS or DATE.search(piece.text) or not _is_marked(piece.element) or is_at_picture(piece.element):
            continue
        name = clean_source(piece.text)
        if name and not roles_in(piece.text) and not re.search(r"[/／:：]", name) and name.casefold() not in _before_authors():
            yield NamedSource("marked", name, piece.text)


@cache
def _before_authors() -> frozenset[str]:
    return words_of("credit_labels", "byline")


def _is_marked(element: HtmlElement) -> bool:
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(name) < 80 and bool(_MARK.search(name))


def beside_author(after: Sequence[NearText], outlet: Outlet, people: set[str]) -> Iterator[NamedSource]:
    """The affiliation behind an author's name, and a byline that names the outlet and agencies only."""
    for i, piece in enumerate(after):
        if len(piece.text) > 120:
            continue
        lead = _by().match(piece.text)
        byline = piece.text[lead.end() :] if lead else piece.text
        if lead and len(byline) <= 60 and sign_off(byline, outlet):
            yield NamedSource("byline", squeeze(byline), piece.text)
        parts = _PARTS.split(byline)
        if headline_key(parts[0]) not in people:
            continue
        following = after[i + 1].text if i + 1 < len(after) else ""
        texts = [*parts[1:], *([following] if following[:1] in "|,/" else []), *_of_portrait(piece.element, people)]
        stripped = (text.strip(MARKS) for text in texts)
        yield from (NamedSource("affiliation", text, piece.text) for text in stripped if _is_affiliation(text, outlet))


@cache
def _by() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in _before_authors() if not CJK.search(w))
    return re.compile(rf"(?:{words})\s+", re.IGNORECASE)


def _of_portrait(element: HtmlElement, people: set[str]) -> Iterator[str]:
    """alt="Ann Lee, RTV" of the picture beside an author's name."""
    for node in (element, *islice(element.iterancestors(), 3)):
        if node.tag in ("body", "main", "article"):
            return
        for image in islice(node.iter("img"), 3):
            name, _, rest = (image.get("alt") or "").partition(",")
            if rest and headline_key(name) in people:
                yield rest


def _is_affiliation(text: str, outlet: Outlet) -> bool:
    if not 2 <= len(text) <= MOST_CHARS:
        return False
    is_short = bool(re.fullmatch(r"[A-ZÄÖÜ]{2,5}", text)) and text.casefold() not in words_of("names", "degrees")
    return (
        is_short
        or bool(agency_named(text))
        or (bool(CJK.search(text)) and is_medium(text))
        or outlet.is_named(text)
        or (text[0].isupper() and outlet.starts(text))
    )


def beside_date(after: Sequence[NearText], outlet: Outlet) -> Iterator[NamedSource]:
    """The outlet's own name, an agency or, in Chinese, a medium, right before or behind the date, or with it."""
    for i, piece in enumerate(after):
        if len(piece.text) > 60 or is_at_picture(piece.element):
            continue
        text = piece.text.strip(MARKS)
        before, behind = (after[j].text if 0 <= j < len(after) else "" for j in (i - 1, i + 1))
        if behind in words_of("sources", "account") and (name := clean_source(text)):
            yield NamedSource("account", name, piece.text)
        if (with_date := DATE.search(text)) and CJK.search(text):
            text = _DID.sub("", re.split(r"\d\s", piece.text)[-1]) if _DID.search(piece.text) else ""
        elif with_date or not any(len(other) <= 60 and DATE.search(other) for other in (before, behind)):
            continue
        if outlet.is_named(text) and _AUTHOR.search(f"{piece.element.get('rel')} {piece.element.get('class')} {piece.element.get('href')}"):
            continue  # a blog that is called as its author
        if (parts := re.split(r"\s+[|–—-]\s+", text))[1:] and len(parts) == 2:  # EFE | Madrid
            text = next((part for part in parts if agency_named(part)), text)
        is_medium = CJK.search(text) and _MEDIUM.search(text)
        if text and (is_medium or agency_named(text) or outlet.is_named(text)) and (name := clean_source(text)):
            yield NamedSource("beside_date", name, piece.text)


def attributed(page: ParsedPage, after: Sequence[NearText]) -> Iterator[NamedSource]:
    """A lead that ends with whom it is told after, linked: …, according to <a href="other host">The Courier</a>."""
    long = [i for i, piece in enumerate(after) if len(piece.text.encode("utf-8", "replace")) >= RUN_BYTES]
    for lead in long[:LEADS]:
        if lead + 1 < len(after) and after[lead].text.casefold().endswith(attributions()):
            link, behind = after[lead + 1], after[lead + 2].text if lead + 2 < len(after) else "."
            if behind[:1] in ".。" and _is_other_outlet(link, page) and (name := clean_source(link.text)):
                yield NamedSource("attributed", name, f"{after[lead].text[-60:]} {link.text}")
        yield from _told_after(after[lead].text[:LEAD_CHARS])


def _told_after(lead: str) -> Iterator[NamedSource]:
    """The agency or medium that a lead is told after without a link: 据江河网消息, according to the River Times, laut Tageblatt."""
    for match in (_TOLD_AFTER_CJK.search(lead), *_told_after_latin().finditer(lead)):
        name = match["name"].strip("《》“”\"'’ ") if match else ""
        if match and name and (agency_named(name) or is_medium(name) or "《" in match[0]) and (source := clean_source(name)):
            yield NamedSource("attributed", source, match[0].strip())


def is_medium(name: str) -> bool:
    """Whether a name says that it is a newspaper's, a station's or a site's."""
    if CJK.search(name):
        return bool(_MEDIUM.search(name))
    words = re.split(r"[\s-]+", name.casefold())
    return any(word in _media_words() or word.endswith(_long_media_words()) for word in words)


@cache
def _media_words() -> frozenset[str]:
    return frozenset(word for words in load_lexicon("media").values() for word in words)


@cache
def _long_media_words() -> tuple[str, ...]:
    """What longer words end with: Flusszeitung."""
    return tuple(word for word in _media_words() if len(word) >= 6)


@cache
def _told_after_latin() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in sorted(attributions(), key=len, reverse=True) if not CJK.search(phrase))
    name = r"[A-ZÀ-ÞА-Я][\w&.\'’-]*(?:\s(?:of\s|de\s|du\s|and\s|&\s)?[A-ZÀ-ÞА-Я][\w&\'’-]*){0,3}"
    articles = r"(?:(?:the|die|der|dem|das|le|la|les|il|el|o|a|lo)\s|[lL][\'’])?"
    return re.compile(rf"(?<!\w)(?i:{phrases})\s(?i:{articles})[“\"„«]?(?P<name>{name}|(?:dpa|afp|apa|sda|sid)(?!\w))")


def _is_other_outlet(link: NearText, page: ParsedPage) -> bool:
    """Whether a piece is a link of a few words, each with a capital where the script has them, to another host."""
    url = page.absolute(link.element.get("href")) if link.element.tag == "a" else None
    words = link.text.split()
    if url is None or len(words) > 4 or any(word[:1].islower() for word in words):
        return False
    return registered_name(split_url(url).netloc) not in (registered_name(split_url(page.base_url).netloc), "")


@cache
def attributions() -> tuple[str, ...]:
    """What a lead ends with before a link to whom it is told after."""
    return tuple(words_of("sources", "attribution"))
