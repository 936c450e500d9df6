"""A dissected page as one static HTML file: its own markup, harmless, with the regions that were found in colours."""

from html import escape

from lxml import html as lxml_html

from tasks.dissection.findings import DissectedPage
from tasks.dissection.markup.elements import tag_of
from tasks.dissection.markup.parsed_page import PageEmpty, PageTooDeep, parse
from tasks.dissection.markup.well_formed import make_names_valid
from tasks.dissection.outline.frame import framed
from tasks.dissection.outline.marks import find_marks
from tasks.dissection.outline.markup import harmless
from tasks.dissection.outline.region import Region, regions_of
from tasks.dissection.words.text import headline_key, storable


def outline(page: DissectedPage, text: str, url: str | None, *, is_text: bool) -> str:
    """The outline of a page that was dissected from this text."""
    return _outline_lines(page, text, url) if is_text else _outline_markup(page, text, url)


def _outline_markup(page: DissectedPage, html: str, url: str | None) -> str:
    """The page's markup, coloured; one that cannot be parsed is shown as its source."""
    try:
        tree = parse(html)
    except (PageEmpty, PageTooDeep):
        return framed(page, url, f"<pre>{escape(storable(html))}</pre>", [], [])
    make_names_valid(tree, {tag_of(element) for element in tree.iter("*")})  # as regions have them in their paths
    regions = regions_of(page)
    marks = find_marks(tree, regions)
    content = lxml_html.tostring(harmless(tree, regions, marks), encoding="unicode")
    return framed(page, url, content, regions, [number for number, elements in marks.found.items() if elements])


def _outline_lines(page: DissectedPage, text: str, url: str | None) -> str:
    """The lines of a text page with their numbers, coloured."""
    regions = regions_of(page)
    lines = storable(text).splitlines()
    by_line = _lines_of(regions, lines)
    anchored: set[int] = set()
    rows = []
    for number, line in enumerate(lines, 1):
        here = by_line.get(number, [])
        rows.append(_row(number, line, [(n, regions[n]) for n in here], [n for n in here if n not in anchored]))
        anchored.update(here)
    return framed(page, url, f"<ol class=lines>{''.join(rows)}</ol>", regions, anchored)


def _lines_of(regions: list[Region], lines: list[str]) -> dict[int, list[int]]:
    """Numbers of regions by line: a listing by its span, anything else by the line that says it, from the last found onwards."""
    folded = [headline_key(line) for line in lines]
    spans = {region.name: span for region in regions if (span := region.line_span)}
    found: dict[int, list[int]] = {}
    last: dict[str, int] = {}
    for number, region in enumerate(regions):
        if (span := region.line_span) is not None:
            places = list(range(span[0], min(span[1], len(lines)) + 1))
        else:
            first, end = spans.get(region.within or "", (1, len(lines)))
            wanted, since = headline_key(region.text), last.get(region.within or region.kind, 0)
            saying = [n for n in range(first, min(end, len(lines)) + 1) if wanted and wanted in folded[n - 1]]
            places = next(([n] for n in saying if n >= since), saying[:1])
            last[region.within or region.kind] = places[0] if places else since
        for place in places:
            found.setdefault(place, []).append(number)
    return found


def _row(number: int, line: str, here: list[tuple[int, Region]], anchors: list[int]) -> str:
    ids = "".join(f'<a id="r{n}"></a>' for n in anchors)
    if not here:
        return f'<li value="{number}">{ids}{escape(line)}</li>'
    kinds = " ".join(dict.fromkeys(region.kind for _, region in here))
    names = " · ".join(region.name for _, region in here)
    said = "\n\n".join(f"{region.name}: {region.value[:200]}\n{region.why}".strip() for _, region in here)
    return f'<li value="{number}" class="mark {kinds}" data-name="{escape(names)}" title="{escape(said)}">{ids}{escape(line)}</li>'
