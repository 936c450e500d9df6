"""The function that reads each table of the lexicons, asked whether it recognises one entry."""

from collections.abc import Callable
from itertools import product

from tasks.dissection.body.likeness import is_list_path
from tasks.dissection.body.page_kind import says_error
from tasks.dissection.credits.near_names import no_names
from tasks.dissection.credits.republished import source_in_note
from tasks.dissection.credits.source_names import clean_source
from tasks.dissection.credits.source_places import attributions
from tasks.dissection.dialogue.speakers import names_behind, spokesperson_in
from tasks.dissection.dialogue.spoken import addresses, greets, is_declared
from tasks.dissection.dialogue.turn_labels import TurnLabel, can_name, is_interviewer, names_office
from tasks.dissection.dialogue.turns import closes
from tasks.dissection.words import list_labels as labels
from tasks.dissection.words.caption_credits import without_credit
from tasks.dissection.words.caption_names import looks_like_names
from tasks.dissection.words.captions import is_caption_line, is_control
from tasks.dissection.words.class_names import kinds_in
from tasks.dissection.words.clocks import clock_after
from tasks.dissection.words.count_words import magnitude
from tasks.dissection.words.counts import counts_in
from tasks.dissection.words.date_labels import label_before
from tasks.dissection.words.furniture import kind_of
from tasks.dissection.words.lexicon import LEXICONS, load_lexicon
from tasks.dissection.words.names import clean_name, is_nobody, says_role, split_names
from tasks.dissection.words.people import is_person
from tasks.dissection.words.relative_times import DAYS, UNITS, relative_in
from tasks.dissection.words.roles import ROLES, roles_in
from tests.dissection.side_readers import is_pair, of_side

Reader = Callable[[str, str], bool]  # (entry, language) -> whether it is recognised
MAGNITUDES = {
    "thousand": 10**3, "ten_thousand": 10**4, "hundred_thousand": 10**5, "million": 10**6, "ten_million": 10**7, "hundred_million": 10**8,
}  # fmt: skip
BEFORE_NAMES = ("editor", "source", "translator", "photographer", "author")


def of_role(role: str, between: str) -> Reader:
    return lambda word, _: any(role in said.roles and said.value == "Ann Lee" for said in roles_in(f"{word}{between}Ann Lee"))


def of_class(kind: str, stem: str) -> Reader:
    return lambda word, _: kind in kinds_in(f"x-{word}", (kind,), stem)


def of_count(kind: str) -> Reader:
    return lambda word, lang: any(c.kind == kind for text in (f"12 {word}", f"{word} 12", f"12{word}") for c in counts_in(text, lang))


def tells_kind(label: str) -> bool:
    """Of the stories under it, or that there are none of the site's."""
    return labels.kind_of_list(label) is not None or labels.is_more(label) or labels.is_foreign(label)


def of_line(kind: str, line: str) -> Reader:
    """`line` has the entry in the place of its star."""
    return lambda word, _: kind_of(line.replace("*", word)) == kind


def is_ago(word: str, lang: str) -> bool:
    """With what the language says "ago" with, one of them, before or behind."""
    tables = load_lexicon("relative_times")
    marks = product((*tables["before"].get(lang, ()), ""), (3, "", 1), (*tables["after"].get(lang, ()), ""))
    return any(relative_in(f"{before} {number} {word} {after}".strip(), lang, hinted=False) for before, number, after in marks)


def hours_at(clock: str, half: str) -> set[int]:
    """What the clock says with the half of the day behind it, and before it."""
    return {found.hour for text in (f" {clock} {half}", f" {half} {clock}") if (found := clock_after(text, 0))}


def is_of_day(word: str, lang: str) -> bool:
    return relative_in(f"{word} 10:00", lang, hinted=True) is not None


READERS: dict[str, dict[str, Reader]] = {
    "buttons": {
        "more": lambda word, _: labels.is_more(f"{word} >"),
        "to_all": lambda word, _: labels.is_more(word) and labels.label_in(f"Bridges {word}") == "Bridges",
        "control": of_line("control", "*"),
        "at_picture": lambda word, _: is_control(f"({word})"),
        "beside_credit": lambda word, _: clean_source(word) is None,
    },
    "captions": {
        "credit_opening": lambda word, _: without_credit(f"The old pier. {word.capitalize()}Ann Lee") == "The old pier.",
        "opening": lambda word, _: is_caption_line(f"{word} a pier"),
        "ending": lambda word, _: is_caption_line(f"江岸的新桥{word}"),
        "credit_ending": lambda word, _: without_credit(f"시장이 다리를 보고 있다. 김나루 {word}") == "시장이 다리를 보고 있다.",
        "whole_credit": lambda word, _: without_credit(f"The old pier. {word}") == "The old pier.",
        "between_names": lambda word, _: looks_like_names(f"Ann {word} Lee"),
    },
    **{stem: {table: of_class(table, stem) for table in LEXICONS[stem]} for stem in ("block_names", "class_names")},
    "counts": {
        **{table: of_count(table) for table in ("comment", "like", "read", "other")},
        "measure_words": lambda word, lang: bool(counts_in(f"评论 26{word}", lang)),
        **{name: lambda word, lang, factor=factor: magnitude(f"{word} ", lang)[0] == factor for name, factor in MAGNITUDES.items()},
    },
    "credit_labels": {
        **{role: of_role(role, ": ") for role in ROLES},
        **{f"{role}_by": of_role(role, " ") for role in BEFORE_NAMES if role != "source"},
        "line": of_line("credit", "*: Ann Lee"),
        "line_opening": of_line("credit", "*Ann Lee"),
        "picture_other": lambda word, _: without_credit(f"The old pier. {word.capitalize()}: Ann Lee") == "The old pier.",
        "byline": lambda word, _: says_role(f"{word} Ann Lee") == "author",
        "byline_of_others": lambda word, _: says_role(f"{word} Ann Lee") == "other",
    },
    "dialogue": {
        "question_label": of_side("question"),
        "answer_label": of_side("answer"),
        "letter_pair": is_pair,
        "interviewer": lambda word, _: is_interviewer(word) or of_side("question")(word, _),
        "interviewee": of_side("answer"),
        "outlet_ending": lambda word, _: is_interviewer(f"江岸{word}"),
        "nobody": lambda word, _: not can_name(TurnLabel(word, word, 0)),
        "saying": lambda word, _: not can_name(TurnLabel(f"市长{word}", word, 0)),
        "declared": lambda word, _: is_declared(f"x {word} x"),
        "address": lambda word, lang: addresses(f"x {word}?", "address", lang),
        "first_person": lambda word, lang: addresses(f"x {word}.", "first_person", lang),
        "closing": lambda word, _: closes(f"{word} x"),
        "honorific": lambda word, _: greets(f"{word} Weber, is it open?"),
        "honorific_behind": lambda word, _: greets(f"李{word}，桥开了吗？"),
        "talked_with": lambda word, _: list(names_behind("talked_with", f"{word} Ann Lee.")) == ["Ann Lee"],
        "spokesperson": lambda word, _: list(names_behind("spokesperson", f"{word} Ann Lee.")) == ["Ann Lee"],
        "after_name": lambda word, _: spokesperson_in(f"外交部发言人王小明{word}例行记者会") == "王小明",
        "surname": lambda word, _: all(spokesperson_in(f"发言人{s}小明表示") == f"{s}小明" for s in (word if len(word) > 2 else [word])),
        "office": lambda word, _: names_office(f"{word}"),
    },
    "listing_labels": {
        **{kind: lambda word, _, kind=kind: kind in labels.kinds_of_list(word.strip("^*")) for kind in labels.KINDS},
        "label": lambda word, _: labels.is_known(f"{word}:") and kind_of(word) == "listing_label" and tells_kind(word),
        "pointer": lambda word, _: labels.is_known(word) and kind_of(f"{word}: The bridge is closed for the winter") == "pointer",
        "opening": lambda word, _: labels.label_in(f"{word}bridges") is not None,
        "comments": lambda word, _: (
            labels.heads_comments(f"{word} (12)") and labels.is_foreign(word) and kind_of(word) in ("listing_label", "control")
        ),
        "sponsored": lambda word, _: labels.is_sponsored(f"{word} x"),
        "menus": lambda word, _: labels.is_menu(f"{word}:"),
        "slots": lambda word, _: labels.is_slot(f"{word}:"),
        **dict.fromkeys(("networks", "sources"), lambda word, _: labels.is_foreign(f"{word}:")),
    },
    "names": {
        "nobody": lambda word, _: is_nobody(word),
        "titles": lambda word, _: "Ann Lee" in (clean_name(f"{word} Ann Lee"), clean_name(f"Ann Lee {word}")),
        "and": lambda word, _: split_names(f"Ann Lee {word} Bo Berg") == ["Ann Lee", "Bo Berg"],
        "organisation": lambda word, _: not is_person(f"{word.capitalize()} Lee"),
        "job": lambda word, _: clean_name(f"Ann Lee {word}") == "Ann Lee",
        "job_kind": lambda word, _: clean_name(f"Ann Lee {word} writer") == "Ann Lee",
        "degrees": lambda word, _: split_names(f"Ann Lee, {word.upper()}") == ["Ann Lee"],
        "section": lambda word, _: word in no_names(),
    },
    "notices": {
        "closing": of_line("closing", "x 2024 * 2024 x"),
        "notice": of_line("notice", "x 2024 * 2024 x"),
        "reading_time": of_line("control", "*5"),
        "author_box": of_line("closing", "*:"),
        "tags": of_line("tags", "*: bridges, rivers"),
        "home": of_line("breadcrumb", "* > bridges > rivers"),
    },
    "page_kinds": {
        "error_title": lambda word, _: says_error(f"{word} - Courier"),
        "list_path": lambda word, _: is_list_path(f"/{word}/ferries"),
    },
    "relative_times": {
        **{table: is_ago for table in LEXICONS["relative_times"] if any(unit in table for unit in UNITS) and table not in DAYS},
        "now": lambda word, lang: relative_in(word, lang, hinted=True) is not None,
        **dict.fromkeys(DAYS, is_of_day),
        "weekdays": lambda day, lang: all(is_of_day(word, lang) for word in day.split()),
    },
    "sources": {
        "no_source": lambda word, _: clean_source(word) is None,
        "attribution": lambda word, _: f"it was closed, {word}".endswith(attributions()),
        "republished": lambda word, _: source_in_note(f"{word} Stream Post") == "Stream Post",
        "this_text": lambda word, _: source_in_note(f"{word} was first published in Rivertown") == "Rivertown",
    },
    "times": {
        "before_noon": lambda word, _: 0 in hours_at("12:30", word),
        "after_noon": lambda word, _: 13 in hours_at("1:30", word),
        **{
            kind: lambda word, _, kind=kind: label_before(f"{word} 3.5.2024", len(word) + 1) == kind
            for kind in ("modified", "published", "as_of", "date", "event", "today", "comment", "rights")
        },
    },
}
