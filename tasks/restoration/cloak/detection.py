"""Whether a page is a cloaked one: by how it is glossed and damaged, never by its host."""

import re
from collections import Counter

from tasks.restoration.cloak.glosses import BROKEN_GLOSS, GLOSS, glosses_in

_HAN = re.compile("[\u4e00-\u9fff]")
# Behind a Chinese character: scripts are full of x?a). What stands before is asked last, since a search begins with a letter.
_BROKEN_GLOSS = re.compile(r"\?(?<=[^\x00-\x7f]\?)" + BROKEN_GLOSS.pattern.removeprefix(r"\?"))
_NARROW, _WIDE = re.compile("[\u4e00-\u9fff][,:?!]"), re.compile("[，：？！]")
BROKEN_TAG = re.compile(r"\?(?<=[^\x00-\x3e\x40-\x7f]\?)/[a-z]{1,9}[0-9]?>")
LEAST_DENSITY = 0.005  # glosses for each Chinese character; cloaked pages have 0.05 to 0.08, legitimate ones below this
MOST_DENSITY = 0.3  # texts for learners carry one behind nearly every character
ALL_AGREE = 0.9  # share from which a short text may be glossed as densely: learners are told of characters of both scripts
LEAST_AGREEING = 0.6  # share of all readings in brackets that are a mirror's: a cloaked page about readings has others too


def may_be_damaged(page: str) -> bool:
    """Whether anything on a Chinese page can be this damage: asked of each, so no more than three searches."""
    if any(not page[match.start() - 1 : match.start()].isascii() for match in GLOSS.finditer(page)):
        return True
    return bool(_BROKEN_GLOSS.search(page)) or ("?/" in page and bool(BROKEN_TAG.search(page)))


def cloak_scores(page: str) -> dict[str, float]:
    """What tells a cloaked page, counts and shares: glosses, density, agreeing, every_occurrence, broken_glosses, broken_tags, halved."""
    bracketed = sum(1 for match in GLOSS.finditer(page) if not page[match.start() - 1 : match.start()].isascii())
    glosses = list(glosses_in(page)) if bracketed else []
    characters = len(_HAN.findall(page))
    occurring = Counter(page) if glosses else Counter()
    seen = sum(occurring[char] for char in {gloss.char for gloss in glosses})
    return {
        "glosses": float(len(glosses)),
        "density": len(glosses) / characters if characters else 0.0,
        "agreeing": len(glosses) / bracketed if bracketed else 0.0,
        "every_occurrence": min(1.0, len(glosses) / seen) if seen else 0.0,
        "broken_glosses": float(len(_BROKEN_GLOSS.findall(page))),
        "halved": float(bool(_NARROW.search(page)) and not _WIDE.search(page)),
        "broken_tags": float(len(BROKEN_TAG.findall(page))),
    }


def is_cloaked(scores: dict[str, float]) -> bool:
    """The judgement of the scores: glosses as mirrors print them, or tags that lost their first character."""
    enough = 1 if scores["halved"] else 2  # a writer may gloss one character; a mirror makes marks narrow besides
    most = 1.0 if scores["agreeing"] >= ALL_AGREE else MOST_DENSITY
    is_glossed = scores["glosses"] >= enough and LEAST_DENSITY <= scores["density"] <= most and scores["agreeing"] >= LEAST_AGREEING
    return is_glossed or scores["broken_glosses"] >= 1 or scores["broken_tags"] >= 1
