"""The page around an outline: the legend, the panel with every region and why it is one, and the styles. It runs no script."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

from tasks.dissection.findings import DissectedPage, Finding
from tasks.dissection.outline.region import KINDS, Region

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"  # whatever a crawled page says
STYLE = Path(__file__).with_name("outline.css")
SHOWN_CHARS = 160  # of a value in the panel; the tooltip of its mark has more
OWN_PARTS = ("listing", "title", "body", "published_at", "modified_at")  # fields whose regions the panel lists anyway


def framed(page: DissectedPage, url: str | None, content: str, regions: Sequence[Region], printed: Iterable[int]) -> str:
    """One self-contained HTML document; `printed` are the numbers of the regions that `content` has an anchor for."""
    title = page.article.title if page.article else page.reason or "no article"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)} · regions</title><style>{_style()}</style></head><body>"
        f'<aside id="panel">{_head(page, url)}{_legend(regions)}{_list(regions, frozenset(printed))}{_fields(page.findings)}</aside>'
        f'<main id="page">{content}</main></body></html>\n'
    )


def _head(page: DissectedPage, url: str | None) -> str:
    fate = f"<p class=refused>{escape(page.reason)}: {escape(page.detail or '')}</p>" if page.reason else ""
    flags = ", ".join(page.article.quality_flags) if page.article else ""
    after = f"<p>seen after {page.observed_after:%Y-%m-%d %H:%M} UTC</p>" if page.observed_after else ""
    return f"<h1>{escape(url or 'no address')}</h1>{fate}{f'<p>flags: {escape(flags)}</p>' if flags else ''}{after}"


def _legend(regions: Sequence[Region]) -> str:
    counts = Counter(region.kind for region in regions)
    return f"<p id=legend>{' '.join(f'<span class={kind}>{kind} {counts[kind]}</span>' for kind in KINDS if counts[kind])}</p>"


def _list(regions: Sequence[Region], printed: frozenset[int]) -> str:
    rows = "".join(_row(number, region, number in printed) for number, region in enumerate(regions))
    return f"<ol id=regions>{rows}</ol>"


def _row(number: int, region: Region, is_printed: bool) -> str:
    value = region.value if len(region.value) <= SHOWN_CHARS else region.value[:SHOWN_CHARS] + "…"
    said = f"<b>{escape(region.name)}</b> {escape(value)}"
    link = f'<a href="#r{number}">{said}</a>' if is_printed else f"<span class=nowhere>{said} <i>not on the page's face</i></span>"
    why = f"<small>{escape(region.why)}</small>" if region.why else ""
    return f"<li class={region.kind}>{link}{why}</li>"


def _fields(findings: Iterable[Finding]) -> str:
    rows = "".join(
        f"<dt>{escape(f.field)}</dt><dd>{escape((f.value or '-')[:SHOWN_CHARS])}<small>{escape(f.source or 'nothing')}"
        f"{escape(': ' + f.reason) if f.reason else ''}</small></dd>"
        for f in findings
        if not f.field.startswith(OWN_PARTS)
    )
    return f"<h2>Other fields</h2><dl>{rows}</dl>"


@cache
def _style() -> str:
    return STYLE.read_text("utf-8")
