"""Pages that repeat one construct until they have a given size: what grows faster than the page shows in the time that they take."""

from collections.abc import Callable
from datetime import UTC, datetime

from tasks.sources.page import Page, PageRef

SEEN = datetime(2026, 4, 1, tzinfo=UTC)
SAID = "The council met on Tuesday evening to hear what the harbour works would cost, and put the vote off until spring. "
SAID_IN_CHINESE = "市政委员会周二晚间开会，听取港口工程的费用情况，并将表决推迟到明年春天举行。"
Make = Callable[[int], str]


def repeated(unit: str, chars: int) -> str:
    """The unit as often as it has room; # is its number."""
    return "".join(unit.replace("#", str(number)) for number in range(max(1, chars // len(unit))))


def article(unit: str, *, said: str = SAID) -> Make:
    """In a paragraph of an article."""
    return lambda chars: _html("Harbour works put off", inside=f"<p>{repeated(unit, chars)}</p>", said=said)


def title(unit: str, *, said: str = SAID) -> Make:
    """In <title> and <h1>."""
    return lambda chars: _html(repeated(unit, chars), said=said)


def head(start: str, unit: str, end: str) -> Make:
    """In what machines are told."""
    return lambda chars: _html("Harbour works put off", head=start + repeated(unit, chars) + end)


def tag(unit: str) -> Make:
    """In one tag before the article."""
    return lambda chars: _html("Harbour works put off", before=f"<div {repeated(unit, chars)}>x</div>")


def thin(unit: str) -> Make:
    """Before a page that has too little text to be an article: what is left unfound is looked for again, by other means."""
    return lambda chars: f"<title>Harbour works</title><body>{repeated(unit, chars)}<h1>Harbour works</h1><p>{SAID}</p>"


def endless(unit: str) -> Make:
    """Behind a story whose headline is of the make `t`."""
    return lambda chars: f"<title>Harbour works</title><body><h1 class=t>Harbour works</h1><p>{SAID * 3}</p>{repeated(unit, chars)}"


def bare_title(unit: str) -> Make:
    """As the title of such a page."""
    return lambda chars: f"<title>{repeated(unit, chars)}</title><body><h1>{repeated(unit, chars)}</h1><p>{SAID}</p>"


def text(unit: str, *, said: str = SAID) -> Make:
    """In a page of text."""
    return lambda chars: f"Harbour works put off\n\n{said * 3}\n\n{said * 3}\n\n{repeated(unit, chars)}\n\n{said * 3}\n"


def page_of(source: str, *, is_text: bool) -> Page:
    """The page as a source gives it."""
    ref = PageRef("warc", "", "growing")
    return Page(ref, source.encode(), SEEN, "warc", "https://news.example/harbour/works", "warc", is_text=is_text)


def _html(title: str, *, head: str = "", before: str = "", inside: str = "", said: str = SAID) -> str:
    told = f"<p>{said * 3}</p>" * 4
    start = f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{before}"
    return f"{start}<article><h1>{title}</h1>{told}{inside}{told}</article></body></html>"


JSON_LD = '<script type="application/ld+json">{"@type": "NewsArticle", '
LINK = '<li><a href="/s/#">Story number # about the harbour works</a><span>3 hours ago</span></li>'
GLOSSED = "港(gǎng)口(kǒu)的会议(yì)"

# Each grew with the square of its size once, or is like one that did.
CONSTRUCTS: dict[str, Make] = {
    "blocks: <p>": thin("<p>x</p>"),
    "blocks: <tr>": thin("<tr><td>x</td></tr>"),
    "blocks: <option>": thin("<option>x"),
    "blocks: <form>": thin("<form>x</form>"),
    "blocks: open <div>": thin("<p>x<br>"),
    "links: list": thin(LINK),
    "comments": thin("<div class=comment><p>I say so.</p></div>"),
    "stories that follow": endless("<div><h1 class=t>Tide</h1><time>5 May</time><p>It ran as high as in the year of the flood.</p></div>"),
    "stories that follow, one in another": endless("<div><h1 class=t>Tide</h1>"),
    "comments: headings": article("</p><h3>Comments</h3><p>"),
    "inline: <b>": article("<b>x</b>"),
    "inline: <img>": article("<img src=/#.jpg>x"),
    "inline: <noscript>": article("<noscript><img src=/#.jpg></noscript>"),
    "inline: <br>": article("x<br>"),
    "hidden parts": article("<div class=part style='display:none'><p>It was put off.</p></div>"),
    "data table": article("<table><tr><td>Pier #</td><td>#</td></tr></table>"),
    "subheads": article("<h2>Pier # is closed</h2>"),
    "tags": article("<span class=tags><a href=/tag/#>topic #</a></span> "),
    "stamps": article("<span data-timestamp=17148078#>x</span>"),
    "bylines": article("<p>By Ann Lee</p>"),
    "JSON-LD: lists in a list": head('<script type="application/ld+json">[', "[],", "{}]</script>"),
    "JSON-LD: authors in lists": head(f'{JSON_LD}"author": [', "[],", '"Ann Lee"]}</script>'),
    "JSON-LD: objects in keys": head('<script type="application/ld+json">', '{","', "</script>"),
    "JSON-LD: raw quotes": head(f'{JSON_LD}"headline": "', 'a" ', '"}</script>'),
    "captions": article("<figure><img src=/#.jpg><figcaption>The quay. Photo: Ann Lee/Agency</figcaption></figure>"),
    "times": article("<time datetime=2026-03-03>March 3, 2026 10:00</time>"),
    "attributes": tag("a#=1 "),
    "attributes without value": tag("a# "),
    "attributes between slashes": tag("/a#"),
    "attributes with a tag's end": tag('a#="x>" '),
    "classes": tag('class="a#" '),
    "entities": article("&amp;&#8;&lt;"),
    "tag beginnings": article("<a "),
    "title: _": bare_title("_"),
    "title: words": title("word "),
    "title: mojibake": title("â€™"),
    "title: broken tags": title("?/p>", said=SAID_IN_CHINESE),
    "title: glosses": title(GLOSSED, said=SAID_IN_CHINESE),
    "mojibake": article("The council said â€™ so #. "),
    "glosses": article(GLOSSED, said=SAID_IN_CHINESE),
    "lost bytes": article("港\ufffd", said=SAID_IN_CHINESE),
    "cut glosses": article("港?(", said=SAID_IN_CHINESE),
    "split words": article("港 口的会 议(yì)", said=SAID_IN_CHINESE),
    "quotes": article("“”「」"),
    "brackets": article("([（【"),
    "credits": article("By Ann Lee and Bo Berg, "),
    "JSON-LD: authors": head(JSON_LD + '"author": [', '{"name": "Ann Lee #"},', '"x"]}</script>'),
    "JSON-LD: body": head(JSON_LD + '"articleBody": "', "The council met # times. ", '"}</script>'),
    "meta: tags": head("", '<meta property="article:tag" content="t#">', ""),
    "meta: authors": head('<meta name=author content="', "Ann Lee and Bo Berg, ", '">'),
    "text: dates": text("2026-"),
    "text: clocks": text("10:00 "),
    "text: counts": text("12 comments "),
    "text: lines": text("\nStory number # about the harbour works"),
    "text: labels": text("\nRelated:\n- item #"),
    "text: turns": text("\nQ: What #?\nA: So."),
    "text: glosses": text(GLOSSED, said=SAID_IN_CHINESE),
}  # fmt: skip
