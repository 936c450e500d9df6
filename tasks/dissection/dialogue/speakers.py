"""Who speaks in a turn, where the article names them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasks.dissection.dialogue.body_lines import BodyLine
from tasks.dissection.dialogue.turn_labels import is_interviewer
from tasks.dissection.dialogue.turns import Turn
from tasks.dissection.findings import Credit
from tasks.dissection.words.lexicon import words_of
from tasks.dissection.words.text import CJK

_PART = r"[^\W\d_a-zß-öø-ÿа-я][\w’'.-]*"  # a word with a capital, or of a script without case
_SMALL = r"(?:von|van|de|del|della|da|di|du|bin|al|ter|den|der|zu)"
_NAME = rf"{_PART}(?:[ \t]+(?:{_SMALL}[ \t]+){{0,2}}{_PART}){{1,3}}"
_ANNOUNCED = re.compile(
    r"(?P<who>[\u4e00-\u9fff（）()·]{2,40}?)就[^。！？\n]{2,120}?(?:答|回答|答复|答覆)(?:[\u4e00-\u9fff《》]{0,12})(?:记者|記者)?(?:提)?[问問]"
)
_BEFORE_OFFICE = re.compile(r"^.*?(?:近日|日前|今日|今天|昨日|昨天|当日|當日|[0-9一二三四五六七八九十]日)")
_INITIALS = re.compile(r"(?:[^\W\d_a-zß-öø-ÿа-я]\.?[ \t-]?){2,4}")  # I. K., JS, A.-M. B.


class Speakers:
    """Resolves labels against the headline, the text around the turns, and the credits of one article."""

    def __init__(self, title: str, body: str, lines: Sequence[BodyLine], turns: Sequence[Turn], credits: Sequence[Credit]) -> None:
        first, last = turns[0].first, turns[-1].last
        self.intro = "\n".join([title, *(line.text for line in lines[:first])])
        self.around = "\n".join([self.intro, *(line.text for line in lines[last + 1 :])])
        self.credited = [credit.name for credit in credits]
        self.outro = [line.text for line in lines[last + 1 :]]
        self._opening = body[turns[0].start : lines[turns[0].last].end]
        self._named_answer: str | None = None  # who answers, where one label of an answer stands for all
        labels = {turn.label for turn in turns if turn.side == "answer" and turn.label and not _is_word(turn.label)}
        if len(labels) == 1:
            self._named_answer = self._labelled(labels.pop(), "answer")
        self._by_label: dict[tuple[str | None, str], str | None] = {}

    def of(self, turn: Turn) -> str | None:
        key = turn.label, turn.side
        if key not in self._by_label:
            named = self._labelled(turn.label, turn.side) if turn.label else None
            self._by_label[key] = named or (self._unnamed(turn.side) if not turn.label or _is_word(turn.label) else None)
        return self._by_label[key]

    def _labelled(self, label: str, side: str) -> str | None:
        """Whom a label means; None for words such as 问, and for surnames whose owner is named nowhere."""
        if _is_word(label):
            return None
        name = _behind_office(label)
        bare = _without_forms(name)
        if CJK.search(bare):
            return self._of_joined(bare, side)
        letters = "".join(filter(str.isalpha, bare))
        if _INITIALS.fullmatch(bare) and (full := self._of_initials(letters)):
            return full
        if len(bare.split()) > 1:
            return bare
        if full := self._ending_with(bare) or (self._ending_with(bare.title()) if bare.isupper() else None):
            return full
        return bare if side == "question" and bare.isupper() and len(bare) > 2 else None

    def _of_joined(self, name: str, side: str) -> str | None:
        """Chinese, Japanese and Korean names are printed in full more often than not; one character is a surname."""
        if side == "question" and is_interviewer(name):
            outlet = name.strip("《》")
            is_outlet = not outlet.endswith(tuple(words_of("dialogue", "interviewer")))
            return outlet if is_outlet else None
        for credited in self.credited:
            if credited.startswith(name):
                return credited
        return name if len(name) > 1 else None

    def _ending_with(self, surname: str) -> str | None:
        """The first full name around the turns, or among the credits, that ends with a surname."""
        for credited in self.credited:
            if credited.split()[-1:] == [surname]:
                return credited
        # one first name, with an initial between: what stands before it is an office as often as a further name
        pattern = rf"(?<!\w){_PART}[ \t]+(?:[^\W\d_]\.[ \t]+)?(?:{_SMALL}[ \t]+){{0,2}}{re.escape(surname)}(?!\w)"
        names = (match[0] for match in re.finditer(pattern, self.around))
        return next((name for name in names if _without_forms(name) == name), None)

    def _of_initials(self, letters: str) -> str | None:
        gap = rf"[ \t]+(?:{_SMALL}[ \t]+){{0,2}}"
        pattern = r"(?<!\w)" + gap.join(rf"{re.escape(letter)}[\w’'-]*[^\W\d_]" for letter in letters) + r"(?!\w)"
        found = (re.search(pattern, text) for text in (*self.credited, self.around))
        return next((match[0] for match in found if match), None)

    def _unnamed(self, side: str) -> str | None:
        """The one whom the opening names as asked, or the closing note as asking."""
        if side == "question":
            return self._asker()
        if self._named_answer:
            return self._named_answer
        for table in ("talked_with", "spokesperson"):
            if name := next(names_behind(table, self.intro), None):
                return name
        if chinese := spokesperson_in(self.intro) or announced_in(self.intro):
            return chinese
        if greeted := re.match(rf"[\W_]*(?i:{_phrases('honorific')})\.?\s+(?:Dr\.?\s+|Prof\.?\s+)*({_PART})\s*,", self._opening):
            return self._ending_with(greeted[1])
        return None

    def _asker(self) -> str | None:
        for line in self.outro:
            if found := re.match(rf"[\W_]*(?i:{_phrases('closing')})[^\n]{{0,40}}?[\s:：/／・](?P<name>{_NAME})[\W_]*$", line):
                return found["name"].rstrip(".")
        return None


def names_behind(table: str, text: str) -> Iterator[str]:
    """Full names of persons behind the phrases of a table: an interview with the painter Ann Lee."""
    for found in _before_names(table).finditer(text):
        name = _without_forms(found["name"])
        if len(name.split()) > 1 and not words_of("names", "outlet_words") & set(name.casefold().split()):
            yield name


def spokesperson_in(text: str) -> str | None:
    """The name behind 发言人."""
    found = _spokesperson_in_chinese().search(text)
    return found[1] if found else None


def announced_in(text: str) -> str | None:
    """Who an opening says has answered journalists: 某部负责人就…答记者问. The name behind the office, else the office."""
    found = _ANNOUNCED.search(text)
    if found is None:
        return None
    who = _BEFORE_OFFICE.sub("", found["who"])
    if named := _named_office().search(who):
        return named["name"]
    return who if who.endswith(_offices()) else None


def _is_word(label: str) -> bool:
    folded = re.sub(r"[\s\d０-９]+$", "", label).casefold()
    tables = ("question_label", "answer_label", "interviewer", "interviewee")
    return any(folded in words_of("dialogue", table) for table in tables)


def _behind_office(label: str) -> str:
    """Vincent Mortier of 副首席投资官：Vincent Mortier; Ann Lee of Ann Lee, CEO."""
    parts = [part.strip() for part in re.split(r"[:：,，|（(]", label) if part.strip()]
    return next((part for part in reversed(parts) if ":" in label or "：" in label), parts[0] if parts else label)


def _without_forms(name: str) -> str:
    """A name without Herr, Prof. Dr., 先生."""
    words = name.strip(" .,").split()
    while len(words) > 1 and words[0].strip(".").casefold() in words_of("dialogue", "honorific"):
        words = words[1:]
    joined = " ".join(words)
    for form in sorted(words_of("dialogue", "honorific_behind"), key=len, reverse=True):
        if joined.endswith(form) and len(joined) > len(form) + 1:
            return joined[: -len(form)].rstrip()
    return joined


@cache
def _before_names(table: str) -> re.Pattern[str]:
    """A name behind such a phrase: an interview with (the painter, President) Ann Lee; not what somebody said in an interview with."""
    small = r"(?!(?:in|at|on|from|for|of|à|en|a|im|am|für|von|aus|bei)\s)[^\W\d_A-Z]+"
    between = rf"(?:(?i:{_phrases('honorific')}|{_phrases('office')})\.?[ \t]+|{small}[ \t]+)"
    told = r"(?<!in an )(?<!in a )(?<!im )(?<!in einem )(?<!dans un )(?<!dans une )(?<!en una )(?<!em )"
    return re.compile(rf"(?<!\w){told}(?i:{_phrases(table)})[ \t]+{between}{{0,3}}(?!(?:The|Die|Der|Das|Le|La|El|Il|O)\s)(?P<name>{_NAME})")


@cache
def _phrases(table: str) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words_of("dialogue", table), key=len, reverse=True)) + ")"


@cache
def _named_office() -> re.Pattern[str]:
    """A name of two or three characters at the end, behind the word for an office."""
    return re.compile(rf"(?:{'|'.join(_offices())})(?P<name>{_surname()}[\u4e00-\u9fff]{{1,2}})$")


@cache
def _offices() -> tuple[str, ...]:
    return tuple(word for word in words_of("dialogue", "office") | words_of("dialogue", "spokesperson") if CJK.search(word))


@cache
def _surname() -> str:
    surnames = words_of("dialogue", "surname")
    single = "".join(c for word in surnames if len(word) > 2 for c in word)
    double = "|".join(word for word in surnames if len(word) == 2)
    return f"(?:{double}|[{single}])"


@cache
def _spokesperson_in_chinese() -> re.Pattern[str]:
    """发言人 and a name of two or three characters that begins with a surname and ends where a verb or a mark follows."""
    return re.compile(rf"[发發]言人({_surname()}[\u4e00-\u9fff]{{1,2}}?)(?={_phrases('after_name')})")
