"""A page restored as a string, and only then dissected: damage eats tags, so nothing can be parsed before."""

from dataclasses import replace
from datetime import datetime

from tasks.dissection.findings import DissectedPage, Finding, Restoration
from tasks.dissection.page import dissect_html, dissect_text
from tasks.dissection.words.text import storable
from tasks.pages.fields import texts_of
from tasks.restoration.chinese import is_chinese, script
from tasks.restoration.placing import PlacedRepair, place
from tasks.restoration.repairs import Restored
from tasks.restoration.restore import restore
from tasks.sources.page import Columns
from warehouse.search.fold import fold

NOTHING_SEEN = "no reading in brackets, broken tag or refused byte that a cloak leaves"


def dissect_restored(
    text: str, url: str | None, captured_at: datetime | None, columns: Columns = (), *, is_text: bool, known: str = ""
) -> DissectedPage:
    """The page as its publisher wrote it, with every repair. `known`: intact text of other pages, in Simplified characters."""
    restored = restore(text, known)
    dissected = (dissect_text if is_text else dissect_html)(restored.text, url, captured_at, columns)
    repairs = _storable(place(restored, text, texts_of(dissected), is_html=not is_text))
    finding = _cloak_finding(restored, dissected)
    return replace(
        dissected,
        findings=(*dissected.findings, *finding),
        restoration=replace(_search_forms(dissected), is_cloaked=restored.is_cloaked, repairs=repairs),
    )


def _storable(repairs: tuple[PlacedRepair, ...]) -> tuple[PlacedRepair, ...]:
    """The repairs without lone surrogates, which no table can hold; what takes their place is as long."""
    try:
        "".join(repair.before + repair.after for repair in repairs).encode()
    except UnicodeEncodeError:
        return tuple(replace(repair, before=storable(repair.before), after=storable(repair.after), candidates=()) for repair in repairs)
    return repairs


def _search_forms(page: DissectedPage) -> Restoration:
    headlines_folded = tuple(tuple(fold(item.headline) for item in listing.items) for listing in page.listings)
    if page.article is None:
        return Restoration(headlines_folded=headlines_folded)
    title, body = page.article.title, page.article.body
    return Restoration(
        script=script(f"{title}\n{body}", is_chinese=is_chinese(f"{title}\n{body}", page.article.lang)),
        title_folded=fold(title),
        body_folded=fold(body),
        headlines_folded=headlines_folded,
    )


def _cloak_finding(restored: Restored, page: DissectedPage) -> tuple[Finding, ...]:
    """Why the page was or was not taken for cloaked; nothing is said of pages that cannot be."""
    article = page.article
    if not restored.scores.get("chinese") and not restored.repairs and not (article and is_chinese(article.body, article.lang)):
        return ()
    told = [f"{name} {value:.4g}" for name, value in restored.scores.items() if name != "chinese"]
    seen = [] if "glosses" in restored.scores else [NOTHING_SEEN]
    return (Finding("cloak", str(restored.is_cloaked).lower(), "scores", ", ".join((*seen, *told))),)
