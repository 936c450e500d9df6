"""Whether a page is an article, and if not, what it is: judged by measurements, each kept as evidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tasks.dissection.body.blocks import TextBlock
from tasks.dissection.body.likeness import HEADING_BYTES, is_led, likeness_of, measures_of
from tasks.dissection.body.page_shape import PageShape
from tasks.dissection.findings import Candidate, Finding
from tasks.dissection.markup.declared import types_of
from tasks.dissection.markup.parsed_page import ParsedPage, text_of
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.sentences import is_running
from tasks.dissection.words.text import headline_key, squeeze
from tasks.dissection.words.web_address import split_url

ARTICLE = "article"
# UTF-8 bytes. The shortest article of 217 real pages has 151, the shortest that is no stub 320; an agency's flash has 100.
LEAST_BODY = 90
UNNAMED_RUNNING = 350  # least running text where neither metadata nor a heading names an article; the real ones have 431
SHELL_TEXT = 400  # most text of a page that scripts have yet to draw: menus and notices
ERROR_BODY = 1500  # most text of an error page, its advice and latest headlines included
# Lists: the real articles nearest to these have 53 headlines over 911 bytes of body, and 3 teasers.
LIST_HEADLINES = 8
LIST_TEASERS = 5
LIST_TEASED_SHARE = 0.5
DECLARED_TEASED_SHARE = 0.8  # where the page declares an article: the most of a real one is 0.75
LINKS_HEADLINES = 25
LINKS_RUNNING = 1000
LISTED_SHARE = 0.3  # of a page's text that a list at least links; what links less and heads nothing is a short post on a plain page
LINKS_SHARE = 0.5  # of a page's text, from which fewer headlines make a list
PORTAL_HEADLINES = 60
PORTAL_LINKED_SHARE = 0.6
# Log-odds of likeness.py: from SURE on the page is an article, whatever stands around it, below LEAST_LIKENESS a page that
# lists anything is none, unless it declares one. The least of a real article is -0.6, by the weights of other sites.
SURE, LEAST_LIKENESS = 0.0, -1.0
FRONT_PATH = re.compile(r"/?(?:(?:index|default|home|main)(?:\.\w{2,5})?|[a-z]{2}(?:[-_][a-z]{2})?)?/?", re.IGNORECASE)
_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "Review")


@dataclass(frozen=True, slots=True)
class PageKind:
    """`kind` is article, or the code behind not_article: that ops.rejects carries."""

    kind: str
    detail: str
    finding: Finding

    @property
    def reason(self) -> str | None:
        return None if self.kind == ARTICLE else f"not_article:{self.kind}"


def find_page_kind(page: ParsedPage, shape: PageShape, body: str, blocks: Sequence[TextBlock] | None) -> PageKind:
    """The first kind whose condition holds, from the most specific to article; `blocks` are all that readers see, None where the region has
    told its text without a doubt."""
    size = len(body.encode("utf-8", "replace"))
    declared = declares_article(page)
    likeness = likeness_of(measures_of(page, shape, body, blocks, front=is_front(page)))
    is_sure = likeness >= SURE and any(map(is_running, body.split("\n")))
    verdicts = tuple(_verdicts(page, shape, size, declared, likeness, is_sure, blocks is None or is_led(page, blocks)))
    kind, detail = next(((k, d) for k, d in verdicts if d is not None), (ARTICLE, "no sign of another kind"))
    measured = (
        f"body {size} bytes, page {shape.text} of them {shape.linked_share:.0%} linked, running {shape.running}, "
        f"{shape.headlines} linked headlines, {shape.teasers} teasers with {shape.teased_share:.0%} of running text, "
        f"{shape.untold} bytes of the core under no headline, "
        f"log-odds of an article {likeness:.1f}, "
        f"{'declares' if declared else 'does not declare'} an article"
    )
    candidates = tuple(Candidate(k, d or measured, "won" if k == kind else "refused") for k, d in (*verdicts, (ARTICLE, None)))
    return PageKind(kind, f"{detail} ({measured})", Finding("page_kind", kind, "measurements", f"{detail}; {measured}", candidates))


def _verdicts(
    page: ParsedPage, shape: PageShape, size: int, declared: bool, likeness: float, is_sure: bool, led: bool
) -> Iterator[tuple[str, str | None]]:
    """(kind, why the page is of that kind or None), in the order in which they are asked."""
    yield "error_page", _error(page, size) if not declared or size < LEAST_BODY else None
    yield "empty_shell", _shell(page, shape, size, declared)
    front = is_front(page)
    marked = declared and not front
    lists = shape.headlines >= LIST_HEADLINES or shape.linked_share >= LISTED_SHARE
    is_list = not is_sure and ((likeness < LEAST_LIKENESS and lists and not marked) or _is_list(page, shape, marked))
    yield "front_page", "its address is the site's root and it lists headlines" if front and is_list else None
    yield "list_page", "headlines and teasers instead of running text" if is_list else None
    yield "too_short", _too_short(page, shape, size, declared or led)


def declares_article(page: ParsedPage) -> bool:
    """Whether the page tells machines that it is one article; list pages name several, or none."""
    nodes = [node for node in page.json_ld if any(t.endswith(_ARTICLE_TYPES) for t in types_of(node))]
    by_meta = page.first_meta("og:type") == "article" or page.first_meta("article:published_time") is not None
    return len(nodes) in (1, 2) or (not nodes and by_meta)


def _error(page: ParsedPage, size: int) -> str | None:
    if size > ERROR_BODY:
        return None
    heads = [squeeze(page.tree.findtext(".//title")), *(text_of(h) for h in page.tree.iter("h1"))]
    said = next((head for head in heads if says_error(head)), None)
    return f"title or heading says {said[:80]!r}" if said else None


def says_error(head: str) -> bool:
    """Whether a title or heading is that of an error page."""
    return bool(head) and _error_titles().match(head) is not None


@cache
def _error_titles() -> re.Pattern[str]:
    terms = sorted(words_of("page_kinds", "error_title"), key=len, reverse=True)
    # possessive: a title of nothing but underscores is looked through once, since no term begins with one
    # behind the words only a separator, a mark or the end: "404 dead in flood" and "Forbidden love" are stories
    return re.compile(r"[\W_]*+(?:\w+\s)?(?:" + "|".join(map(re.escape, terms)) + r")\s*(?:$|[-–—|:·•.!…,，。！_(（])", re.IGNORECASE)


def _shell(page: ParsedPage, shape: PageShape, size: int, declared: bool) -> str | None:
    # a body longer than what is visible was declared in JSON-LD: readers get it once the scripts have run
    if size >= LEAST_BODY and (shape.running or size > shape.text):
        return None
    scripts = len(page.for_machines.scripts)
    if scripts and shape.text <= SHELL_TEXT:
        return f"{shape.text} bytes of text and {scripts} scripts that have yet to draw the page"
    if declared and size >= LEAST_BODY:  # lines as short as a table's are text, too, where the page says that it is one
        return None
    notices = " ".join(text_of(element) for element in page.for_machines.notices).casefold()
    if scripts and not shape.running and any(term in notices for term in words_of("page_kinds", "needs_script")):
        return "no running text, and a notice that the page needs scripts"
    return None


def _too_short(page: ParsedPage, shape: PageShape, size: int, declared: bool) -> str | None:
    """A flash may be short where the page says that it is one; a page that names no article has to show one."""
    if size < LEAST_BODY:
        return f"expected at least {LEAST_BODY} bytes of body, came {size}"
    if shape.running < UNNAMED_RUNNING and not declared and not _is_headed(page):
        return f"expected at least {UNNAMED_RUNNING} bytes of running text on a page that names no article, came {shape.running}"
    return None


def is_front(page: ParsedPage) -> bool:
    """Whether its address is a site's root. What stands behind a ? there is a tracker or a story: the address that the page names tells."""
    own = page.canonical[0] if page.canonical else None
    url = page.url if page.url and page.url.startswith("http") else own
    if url is None or FRONT_PATH.fullmatch(split_url(url).path) is None:
        return False
    named = split_url(own or url)
    return not named.query and FRONT_PATH.fullmatch(named.path) is not None


def _is_list(page: ParsedPage, shape: PageShape, declared: bool) -> bool:
    """Whether headlines and teasers outweigh everything else; a page that says it is an article has to be caught at more."""
    if shape.headlines < LIST_HEADLINES:
        return False
    marked = declared or _is_headed(page)
    teased = shape.teasers >= LIST_TEASERS and shape.is_teased
    if teased and shape.teased_share >= (DECLARED_TEASED_SHARE if marked else LIST_TEASED_SHARE):
        return True
    if shape.headlines >= LINKS_HEADLINES and shape.running < (LEAST_BODY if marked else LINKS_RUNNING):
        return True
    if marked:
        return False
    is_portal = shape.headlines >= PORTAL_HEADLINES and shape.linked_share >= PORTAL_LINKED_SHARE
    return is_portal or (shape.linked_share >= LINKS_SHARE and shape.running < LINKS_RUNNING)


def _is_headed(page: ParsedPage) -> bool:
    """Whether a headline on the page, outside links, is in its <title>: articles have that, lists have a section's name."""
    title = headline_key(squeeze(page.tree.findtext(".//title")))
    for element in page.tree.iter("h1", "h2", "h3", "div", "p", "span", "strong", "b", "font", "td", "center"):
        text = (element.text or "").strip()
        if len(text.encode("utf-8", "replace")) >= HEADING_BYTES and headline_key(text) in title:
            if element.tag != "h1" and any(a.tag == "a" for a in element.iterancestors()):
                continue
            return True
    return False
