"""Everybody whom a page credits with its article, by role; no role is ever read as another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, takewhile

from lxml.html import HtmlElement

from tasks.dissection.credits.article_source import printed_sources
from tasks.dissection.credits.authors import VALUE_CHARS, find_authors
from tasks.dissection.credits.byline_text import CJK_BYLINE, byline_names, matched_names, names_in_brackets
from tasks.dissection.credits.datelines import agencies_in, dateline_agencies, is_numbered_by_dpa, sign_off
from tasks.dissection.credits.picture_credits import picture_credits
from tasks.dissection.credits.source_names import NamedSource
from tasks.dissection.credits.story_lines import StoryLine, story_lines, tail_lines
from tasks.dissection.findings import Candidate, Credit, Finding, Found
from tasks.dissection.markup.headline import headline_area
from tasks.dissection.markup.outlet import Outlet, outlet_of
from tasks.dissection.markup.parsed_page import ParsedPage
from tasks.dissection.markup.text_runs import RUN
from tasks.dissection.words.names import is_nobody, says_role
from tasks.dissection.words.people import is_person, people_in
from tasks.dissection.words.roles import RoleMatch, roles_in
from tasks.dissection.words.text import CJK, headline_key

ORDER = ("author", "editor", "source", "translator", "photographer", "agency")
LINE_CHARS = 200  # of a line that credits somebody; the longest on the measured pages has 120
MOST_OF_A_ROLE = 30
HEADS, BYLINE_CHARS = 12, 80
ENDS = 3  # lines at the end of the story and under it that may sign it
EDITOR_META = ("editor", "article:editor", "og:article:editor")


@dataclass(slots=True)
class _Told:
    """Credits as they are found, what was refused, and the flags."""

    credits: list[Credit] = field(default_factory=list)
    refused: list[Candidate] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def names(self, role: str) -> list[str]:
        return [credit.name for credit in self.credits if credit.role == role]


def find_credits(
    page: ParsedPage,
    title: str | None,
    site_name: str | None,
    body: str | None = None,
    tail: Sequence[str] = (),
    tree: HtmlElement | None = None,
    signed: str | None = None,
) -> Found[tuple[Credit, ...]]:
    """Credits by role and in page order, with a finding for each role that is credited and for authors.

    `tree` is where credit lines are read: the pruned one is cheaper than the page's own and free of other stories.
    `signed` is the body with the lines that say who made it, where it has lost them.
    `tail` are lines under the body of a text page, whose `page` holds the lines above it only.
    """
    outlet = outlet_of(page)
    authors = find_authors(page, title, site_name, signed or body)
    told = _Told(list(authors.value), flags=list(authors.flags))
    lines = [*story_lines(page.tree if tree is None else tree, body or ""), *tail_lines(tail)]
    _by_role(told, lines, page, outlet)
    told.credits.extend(picture_credits(lines, outlet))
    found = _agencies(told, lines, body or "", outlet)
    sources = _sources(told, page, lines, outlet, found)
    credits = _once(told.credits)
    if not any(credit.role == "author" for credit in credits):
        told.flags.append("no_author")
    findings = (_authors_finding(authors.finding, credits), *_findings(credits, told, sources))
    return Found(credits, findings, tuple(dict.fromkeys(told.flags)))


def _by_role(told: _Told, lines: Sequence[StoryLine], page: ParsedPage, outlet: Outlet) -> None:
    """Editors, translators and, where no other place names one, authors in lines that begin with a role word."""
    has_author = bool(told.names("author"))
    for line in lines:
        if line.place == "picture" or len(line.text) > LINE_CHARS:
            continue
        for said in roles_in(line.text):
            wanted = [r for r in said.roles if r in ("editor", "translator") or (r == "author" and not has_author and line.place != "body")]
            if wanted:
                _add(told, wanted, said, outlet)
    if not told.names("author"):
        _signed(told, lines, outlet)
    for key in EDITOR_META:
        for value in page.meta.get(key, ()) if not told.names("editor") else ():
            _add(told, ["editor"], RoleMatch(("editor",), value, value, 0), outlet)


def _signed(told: _Told, lines: Sequence[StoryLine], outlet: Outlet) -> None:
    """Who signed where no other place names one: in brackets at the end of a Chinese story, or in a line above or under it: By Ann Lee."""
    ends = [line for line in lines if line.place == "body"][-ENDS:] + [line for line in lines if line.place == "tail"][:ENDS]
    for line in ends:
        text = line.plain[-60:]
        names = [name for match in CJK_BYLINE.finditer(text) for name in matched_names(match)] or names_in_brackets(text)
        told.credits.extend(Credit("author", name, text) for name in names if not is_nobody(name))
    heads = [line for line in lines if line.place == "head"][-HEADS:]
    for line in (*reversed(heads), *ends) if not told.names("author") else ():
        if len(line.plain) <= BYLINE_CHARS and not CJK.search(line.plain) and says_role(line.plain) == "author" and line.place != "body":
            names = [
                name for name in byline_names(line.plain, outlet) if is_person(name) and not outlet.is_named(name) and not is_nobody(name)
            ]
            told.credits.extend(Credit("author", name, line.plain) for name in names)
            if names:
                return


def _add(told: _Told, roles: Sequence[str], said: RoleMatch, outlet: Outlet) -> None:
    names, nobody = people_in(said.value)
    printed = said.printed.replace(RUN, " ")[:LINE_CHARS]
    for role in roles:
        told.credits.extend(Credit(role, name, printed) for name in names if not outlet.is_named(name))
        told.refused.extend(Candidate(f"line:{role}", f"{name} in {printed}", "refused: a desk or placeholder") for name in nobody)
        if nobody:
            told.flags.append(f"placeholder_{role}")


def _agencies(told: _Told, lines: Sequence[StoryLine], body: str, outlet: Outlet) -> list[tuple[str, str]]:
    """Agencies of the text, pictures apart: of its dateline and its last line, and of lines of nothing but agencies."""
    found = list(dateline_agencies(body))
    ends = [line for line in lines if line.place == "body"][-2:] + [line for line in lines if line.place == "tail"][:5]
    heads = [line for line in lines if line.place == "head"]
    for line in (*heads, *ends):
        text = line.plain
        for said in (s for s in roles_in(line.text) if "source" in s.roles and line.place != "picture"):
            found += [(name, said.printed.replace(RUN, " ")) for name in agencies_in(said.value.replace(RUN, " "))]
        found += [(name, text) for name in sign_off(text, outlet) or (["dpa"] if is_numbered_by_dpa(text) else [])]
    found += [(name, c.as_printed) for c in told.credits if c.role == "author" for name in sign_off(c.name, outlet) or ()]
    told.credits.extend(Credit("agency", name, printed[:LINE_CHARS]) for name, printed in found)
    return found


def _sources(
    told: _Told, page: ParsedPage, lines: Sequence[StoryLine], outlet: Outlet, agencies: Sequence[tuple[str, str]]
) -> list[NamedSource]:
    """Every labelled source, or the most certain of the others; where none is printed, the agency of the dateline."""
    pieces = headline_area(page).pieces
    offers = chain(
        printed_sources(page, lines, pieces, outlet, [credit for credit in told.credits if credit.role == "author"]),
        (NamedSource("dateline", name, printed) for name, printed in agencies),
    )
    chosen = list(islice(offers, 1))
    if chosen and chosen[0].rule == "labelled":
        chosen += takewhile(lambda offer: offer.rule == "labelled", offers)
    told.credits.extend(Credit("source", offer.name, offer.printed[:LINE_CHARS]) for offer in chosen)
    credited = [offer for offer in chosen if offer.rule != "attributed"]  # a lead that mentions an agency is not by it
    told.credits.extend(Credit("agency", name, offer.printed[:LINE_CHARS]) for offer in credited for name in agencies_in(offer.name))
    return chosen


def _once(credits: Iterable[Credit]) -> tuple[Credit, ...]:
    """One row for a name in a role, roles in their order, names as the page has them."""
    kept: dict[tuple[str, str], Credit] = {}
    for role in ORDER:
        of_role = [credit for credit in credits if credit.role == role]
        for credit in of_role:
            if len(kept) < MOST_OF_A_ROLE * len(ORDER):
                kept.setdefault((role, headline_key(credit.name)), credit)
    return tuple(kept.values())


def _authors_finding(finding: Finding, credits: Sequence[Credit]) -> Finding:
    """As the authors' places say, or by the line under the story that credits them where none does."""
    signed = [credit for credit in credits if credit.role == "author"]
    if finding.value or not signed:
        return finding
    value = "; ".join(credit.name for credit in signed)[:VALUE_CHARS]
    won = Candidate("line:author", signed[0].as_printed, "won")
    return Finding("authors", value, "line:author", "credit line under the story", (*finding.candidates, won))


def _findings(credits: Sequence[Credit], told: _Told, sources: Sequence[NamedSource]) -> list[Finding]:
    """Why each role's names are what they are."""
    found = []
    for role in ORDER[1:]:
        named = [credit for credit in credits if credit.role == role]
        tried = [Candidate(f"visible:{s.rule}", s.printed[:VALUE_CHARS], "won" if i == 0 else "lost") for i, s in enumerate(sources)]
        refused = [candidate for candidate in told.refused if candidate.source == f"line:{role}"]
        others = tuple(tried) if role == "source" else tuple(refused)
        if named or others:
            won = tuple(Candidate(f"line:{role}", credit.as_printed, "won") for credit in named) if role != "source" else ()
            value = "; ".join(credit.name for credit in named)[:VALUE_CHARS] or None
            origin = (f"visible:{sources[0].rule}" if role == "source" else f"line:{role}") if named else None
            found.append(Finding(f"{role}s", value, origin, "credited on the page", (*won, *others)))
    return found
