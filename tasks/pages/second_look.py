"""What one page of a batch leaves open another may decide: the same headline, intact on another page of the same host."""

from collections.abc import Callable, Sequence

from tasks.dissection.findings import DissectedPage
from tasks.dissection.words.web_address import split_url
from tasks.pages.fields import headlines_of
from tasks.pages.outcome import PageOutcome
from tasks.restoration.intact_text import IntactText

LOST = "\N{REPLACEMENT CHARACTER}"
Look = Callable[[PageOutcome, IntactText], PageOutcome]


def second_look(outcomes: Sequence[PageOutcome], look: Look) -> list[PageOutcome]:
    """The outcomes, those that a character model had to decide, or could not, dissected again by `look` with what is known by then."""
    hosts = {_host(outcome) for outcome in outcomes if is_undecided(outcome)}
    if not hosts:
        return list(outcomes)
    intact = {host: _headlines([outcome for outcome in outcomes if _host(outcome) == host]) for host in hosts}
    return [look(outcome, intact[_host(outcome)]) if is_undecided(outcome) else outcome for outcome in outcomes]


def is_undecided(outcome: PageOutcome) -> bool:
    """Whether something on the page is lost, or was chosen by likelihood alone."""
    done = outcome.dissected.restoration if outcome.dissected else None
    return done is not None and any(repair.status == "lost" or repair.evidence == "model" for repair in done.repairs)


def _headlines(outcomes: Sequence[PageOutcome]) -> IntactText:
    intact = IntactText()
    for outcome in outcomes:
        if outcome.dissected:
            intact.add("\n".join(_decided(outcome.dissected)))
    return intact


def _decided(page: DissectedPage) -> list[str]:
    """Headlines of which nothing was guessed."""
    repairs = page.restoration.repairs if page.restoration else ()
    guessed = {repair.field for repair in repairs if repair.status == "lost" or repair.evidence == "model"}
    return [headline for field, headline in headlines_of(page).items() if field not in guessed and LOST not in headline]


def _host(outcome: PageOutcome) -> str:
    return split_url(outcome.capture.url).netloc.lower() if outcome.capture else ""
