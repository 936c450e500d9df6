"""The headline as a page words it for search engines and networks, where that is another than the printed one."""

from tasks.dissection.about.title import TitleCandidate, title_offers
from tasks.dissection.findings import Candidate, Finding, Found
from tasks.dissection.markup.outlet import TITLE_SEPARATORS, outlet_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.words.text import headline_key, line_key

VALUE_CHARS = 500  # of core.evidence
MOST_PARTS = 8  # of <title>: more are keywords
PLACES = ("og:title", "title", "twitter:title", "meta")
ADDED = 0.5  # of a headline: so much is the name of the site or a section
_CUT = ("…", "...", "..")
_QUOTES = "\"'“”„«»「」『』‘’"


def find_seo_title(page: ParsedPage, title: str) -> Found[str | None]:
    """Of <title>, Open Graph, Twitter and <meta> the wording that most agree on, without the outlet's name; None where all have `title`."""
    outlet = outlet_of(page)
    offers = [offer for offer in title_offers(page) if offer.source in PLACES]
    others = [offer for offer in offers if not outlet.is_sign(offer.text) and _is_other_wording(offer.text, title)]
    if not others:
        return Found(None, (Finding("seo_title", None, None, "no place words the headline otherwise"),) if offers else ())
    support: dict[str, float] = {}
    for offer in others:
        support[offer.key] = support.get(offer.key, 0) + offer.weight
    winner = max(others, key=lambda offer: support[offer.key])
    candidates = tuple(Candidate(o.source, o.text[:VALUE_CHARS], _verdict(o, winner, others)) for o in offers)
    reason = "worded otherwise than the headline that is printed"
    return Found(winner.text, (Finding("seo_title", winner.text[:VALUE_CHARS], winner.source, reason, candidates),))


def _verdict(offer: TitleCandidate, winner: TitleCandidate, others: list[TitleCandidate]) -> str:
    if offer is winner:
        return "won"
    if offer not in others:
        return "refused: the headline, or a part of it with what systems add"
    return "agrees" if offer.key == winner.key else "lost"


def _is_other_wording(text: str, title: str) -> bool:
    """Whether it says more or less than the headline, a section, a kicker or an end that was cut off apart."""
    words, printed = line_key(text), line_key(title)
    added = len(words) - len(printed)
    if not words or words.endswith(printed) or (words.startswith(printed) and added <= ADDED * len(printed)):
        return False
    parts = [part for part in TITLE_SEPARATORS.split(text) if part][:MOST_PARTS]
    spans = (parts[start:end] for start in range(len(parts)) for end in range(start + 1, len(parts) + 1))
    if any(line_key("".join(span)) == printed for span in spans):
        return False
    key, whole = headline_key(text.rstrip(".… ")), headline_key(title)
    is_cut = whole.startswith(key) and (text.endswith(_CUT) or title[len(text) : len(text) + 1] in _QUOTES)
    return not is_cut
