"""Which labels of a text belong to those who ask, and which to those who answer."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tasks.dissection.dialogue.body_lines import BodyLine
from tasks.dissection.dialogue.turn_labels import TurnLabel, can_name, is_joined
from tasks.dissection.words.lexicon import words_of

# Of the turns of one label, from which it belongs to somebody who asks.
ASKING_SHARE = 0.4
LEAST_ASKING_SHARE = 0.1  # where nobody reaches that
LEAST_ASKED = 2  # questions without labels before answers with one
LEAST_CHANGES = 0.5  # of labelled turns that follow one of the other side
PRECEDED_SHARE = 0.6  # of the turns of an answer's label that follow a question

Sides = dict[str, str]  # a label's key -> question | answer


def word_sides(lines: Sequence[BodyLine]) -> Sides:
    """Sides of labels such as 问 and 答, Q and A, Frage 1; empty where they form no questions and answers."""
    found = [(i, line, line.label) for i, line in enumerate(lines) if line.label and line.label.is_word]
    if not found:
        return {}
    sides = {label.key: label.side or "" for _, _, label in found}
    letters = {key for key in sides if len(key) == len("word:x") and not is_joined(key[-1])}
    pair = _letter_pair(letters)
    sides = {key: side for key, side in sides.items() if key not in letters} | pair
    asked = [i for i, _, label in found if sides.get(label.key) == "question"]
    answered = [i for i, _, label in found if sides.get(label.key) == "answer"]
    if asked and answered and asked[0] < answered[-1]:
        is_told = min(len(asked), len(answered)) > 1 or any(lines[i].has_question for i in asked)
        return sides if not pair or is_told else {}
    apart = all(later - earlier > 1 for earlier, later in pairwise(asked))
    if len(asked) > 1 and apart and sum(lines[i].has_question for i in asked) * 2 >= len(asked):
        return {key: side for key, side in sides.items() if side == "question"}
    return {}


def _letter_pair(letters: set[str]) -> Sides:
    """The two letters that belong together; numbered questions may stand alone as Q."""
    for pair in sorted(words_of("dialogue", "letter_pair")):
        asks, answers = (f"word:{letter}" for letter in pair.split())
        if asks in letters and answers in letters:
            return {asks: "question", answers: "answer"}
    return {"word:q": "question"} if "word:q" in letters else {}


def name_sides(lines: Sequence[BodyLine], text: str) -> Sides:
    """Sides of labels that name who speaks. `text` is everything in which the article may name them."""
    named = [(i, line.label) for i, line in enumerate(lines) if line.label and not line.label.is_word and can_name(line.label)]
    counts = Counter(label.key for _, label in named)
    turns = [(i, label) for i, label in named if counts[label.key] > 1 or label.side]
    if not turns:
        return {}
    sides = _sides_by_asking(lines, turns)
    if _take_turns(turns, sides) and _are_known(turns, text):
        return sides
    return _answers_to_questions(lines, turns) or _single_exchange(named, text)


def _sides_by_asking(lines: Sequence[BodyLine], turns: list[tuple[int, TurnLabel]]) -> Sides:
    """Who asks by profession or most of the time asks; everybody else answers."""
    total, asking, sides = Counter[str](), Counter[str](), {}
    for i, label in turns:
        total[label.key] += 1
        asking[label.key] += asks(lines, i)
        sides[label.key] = label.side or "answer"
    shares = {key: asking[key] / total[key] for key in total}
    most = max(shares.values())
    for key, share in shares.items():
        if asking[key] > 1 and share >= ASKING_SHARE and share >= most / 2 and sides[key] == "answer":
            sides[key] = "question"
    if "question" not in sides.values() and (asker := _by_few_questions(shares, asking)):
        sides[asker] = "question"
    if "answer" not in sides.values():
        sides[min(shares, key=lambda key: shares[key])] = "answer"
    return sides


def _by_few_questions(shares: dict[str, float], asking: Counter[str]) -> str | None:
    """Who asks in a conversation in which remarks outnumber questions: the one who asks at least twice as often as each other."""
    first, *rest = sorted(shares, key=lambda key: shares[key], reverse=True)
    is_clear = all(shares[first] >= 2 * shares[other] for other in rest)
    return first if asking[first] > 1 and shares[first] >= LEAST_ASKING_SHARE and is_clear else None


def asks(lines: Sequence[BodyLine], i: int) -> bool:
    """Whether the turn that begins in line i ends its first paragraph as a question."""
    line = lines[i]
    is_alone = line.label is not None and line.label.end >= len(line.text)
    return lines[i + 1].asks if is_alone and i + 1 < len(lines) else line.asks


def _take_turns(turns: list[tuple[int, TurnLabel]], sides: Sides) -> bool:
    order = [sides[label.key] for _, label in turns]
    changes = sum(a != b for a, b in pairwise(order))
    return min(order.count("question"), order.count("answer")) > 1 and changes >= LEAST_CHANGES * (len(order) - 1)


def _are_known(turns: list[tuple[int, TurnLabel]], text: str) -> bool:
    """Whether the article speaks of one of them elsewhere, or their labels are marked as such by print."""
    counts = Counter(label.printed for _, label in turns)
    return any(label.side or label.bold or is_named_elsewhere(label.printed, counts[label.printed], text) for _, label in turns)


def is_named_elsewhere(name: str, times: int, text: str) -> bool:
    """Whether a name stands in the text more often than as a label; so does that of an outlet that prints itself in capitals."""
    bare = name.split("(")[0].split("（")[0].strip(" .《》")
    last = bare.split()[-1] if bare.split() else bare
    return (len(bare) > 1 and bare.isupper()) or (len(last) > 1 and text.count(last) > times)


def _answers_to_questions(lines: Sequence[BodyLine], turns: list[tuple[int, TurnLabel]]) -> Sides:
    """Labels of answers alone, where the questions before them have none."""
    after, total = Counter[str](), Counter(label.key for _, label in turns)
    asked = 0
    for i, label in turns:
        before = lines[i - 1] if i else None
        is_named = before is not None and before.label is not None and before.label.key in total
        is_first = bool(before and not is_named and (before.asks or (before.bold and before.has_question)))
        is_next = is_named and asked > 0  # one of several who answer
        asked += is_first
        after[label.key] += is_first or is_next
    if asked < LEAST_ASKED:
        return {}
    sides = {key: "answer" for key in total if after[key] > 1 and after[key] >= PRECEDED_SHARE * total[key]}
    return sides | {label.key: "question" for _, label in turns if label.side == "question"} if sides else {}


def _single_exchange(named: list[tuple[int, TurnLabel]], text: str) -> Sides:
    """One question of a journalist and the answer of somebody whom the article names."""
    for (i, asking), (j, answering) in pairwise(named):
        if asking.side == "question" and answering.side != "question" and i < j and is_named_elsewhere(answering.printed, 1, text):
            return {asking.key: "question", answering.key: "answer"}
    return {}
