"""An article: its text, and why it is what it is."""

from collections.abc import Callable
from typing import Any

from warehouse.explorer.addresses import number
from warehouse.explorer.looking import Look
from warehouse.explorer.reading import page_of, paragraphs

Told = dict[str, Any]
FACTS = (
    "published_at", "published_precision", "modified_at", "observed_at", "lang", "script", "site_name", "section", "char_count",
    "is_cloaked", "repair_count", "lost_count", "charset", "charset_source", "http_status", "source_kind", "source_uri",
)  # fmt: skip


def article(look: Look) -> Told:
    """One page, by page_id or URL; the newest capture where there are several."""
    asked = look.given.get("page")
    found = look.rows("article_of", page=asked) if asked else []
    if not found:
        return {"found": None, "asked": asked, "status": 404 if asked else 200}
    told = found[0]
    part = look.given.get("part") if look.given.get("part") in PARTS else "text"
    facts = {name: told[name] for name in FACTS if told[name] is not None}
    frame = {"found": told, "asked": asked, "facts": facts, "part": part, "parts": {name: label for name, (label, _) in PARTS.items()}}
    return frame | PARTS[part or "text"][1](look, told)


def _text(look: Look, told: Told) -> Told:
    key = told["page_id"]
    turns, repairs = (look.rows(f"article_{name}", page_id=key) for name in ("statements", "repairs"))
    shown, following = page_of(paragraphs(told["body"] or "", repairs, turns), number(look.given.get("text_from")))
    return {"paragraphs": shown, "following": following, "credits": look.table("article_credits", page_id=key),
            "rejects": look.table("article_rejects", page_id=key)}  # fmt: skip


def _evidence(look: Look, told: Told) -> Told:
    return {"evidence": look.table("article_evidence", page_id=told["page_id"])}


def _repairs(look: Look, told: Told) -> Told:
    all_of_them = look.rows("article_repairs", page_id=told["page_id"])
    repairs = look.table("article_repairs", page_id=told["page_id"])
    changed = (each for each in paragraphs(told["body"] or "", all_of_them, ()) if each.is_repaired)
    pairs, following = page_of(changed, number(look.given.get("text_from")))
    return {"repairs": repairs, "pairs": pairs, "following": following}


def _around(look: Look, told: Told) -> Told:
    urls = {"url": told["url"], "canonical_url": told["canonical_url"]}
    return {"tables": [look.table("article_listings", page_id=told["page_id"]), look.table("article_listed", **urls)]}


def _people(look: Look, told: Told) -> Told:
    return {"tables": [look.table(f"article_{name}", page_id=told["page_id"]) for name in ("credits", "statements", "images")]}


def _versions(look: Look, told: Told) -> Told:
    url, canonical_url = told["url"], told["canonical_url"]
    versions = look.table("article_versions", url=url, canonical_url=canonical_url)
    return {"tables": [versions, look.table("article_revisions", page_id=told["page_id"])]}


def _copies(look: Look, told: Told) -> Told:
    return {"tables": [look.table("article_copies", page_id=told["page_id"])]}


PARTS: dict[str, tuple[str, Callable[[Look, Told], Told]]] = {
    "text": ("Text", _text),
    "evidence": ("Evidence", _evidence),
    "repairs": ("Repairs, before and after", _repairs),
    "people": ("Credits, turns, images", _people),
    "around": ("Listings", _around),
    "versions": ("Versions", _versions),
    "copies": ("Copies", _copies),
}
