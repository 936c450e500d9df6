"""A corpus of copies, generated: originals, each with every kind of copy that the web makes of it, and with pages that are none.

What is made of whom is known, so that relations and origins can be counted. The originals are other people's texts, or a test's own.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from tasks.relation.letters import LEAST_EXCERPT, letters_of
from tasks.restoration.restore import restore
from tests.bench.invented_texts import NEIGHBOURS, noisy, pieces_of, recombined, salad, sentences_of
from tests.bench.simulated_mirrors import GLOSS
from tests.relation.articles import NOON, Given
from tests.restoration.simulator import Cloak, is_in_gbk, random_dictionary, traditional

OUTLETS = 12
LEAST_GLOSSES = 0.03  # of the characters of a cloaked page; real ones have 0.05 to 0.08
UNRELATED = ("same_topic", "same_boilerplate")
PATHS = (  # of each outlet its own
    "/politics/{:%Y_%m_%d}_{}.shtml", "/a/{:%Y%m%d}/{}.htm", "/{:%Y/%m/%d}/article-{}", "/news/{:%Y}/c{}.html", "/world-{:%m}-{}",
    "/n1/{:%Y/%m%d}/c{}.html", "/story.php?day={:%Y%m%d}&id={}", "/{:%Y-%m}/t{}.jsp", "/c/{:%y%m%d}_{}", "/read/{:%Y}_{}.aspx",
    "/x/y/{:%Y%m}/doc{}.html", "/{:%d%m%Y}/{}/index.html",
)  # fmt: skip
SYLLABLES = ("har", "bour", "lin", "den", "mar", "ket", "quay", "post", "fen", "wick", "ton", "ash")
BOILERPLATE = {
    "zh": "本网站所刊登的各种新闻与专题资料版权均归本报所有未经书面授权任何单位和个人不得转载摘编"
    "或以其它方式使用上述作品违者将依法追究其法律责任"
    "读者如有意见建议或新闻线索请拨打编辑部值班电话或发送电子邮件我们将在三个工作日内予以答复"
    "感谢您对本报一贯的关注与支持",
}
ENGLISH = (
    "All material on this site is owned by the paper and may not be published, broadcast, rewritten or redistributed in whole or in part "
    "without its written permission. Readers who wish to correct an error or to send a tip are asked to write to the desk or to call "
    "during office hours; letters are answered within three working days. Subscribers find the printed edition at their kiosk."
)


@dataclass(frozen=True)
class Source:
    """A text to make copies of."""

    text: str
    lang: str

    @cached_property
    def paragraphs(self) -> list[str]:
        return [paragraph for paragraph in self.text.split("\n") if paragraph.strip()]

    @cached_property
    def sentences(self) -> list[str]:
        return sentences_of(self.text)


@dataclass(frozen=True)
class Made:
    """One page of the corpus. `of`: the page that it is a copy of; `kind`: as core.copies has it, original, or one of UNRELATED."""

    given: Given
    kind: str
    of: Given | None = None
    is_captured: bool = True  # whether the original is in the corpus


def brand(number: int) -> str:
    return SYLLABLES[number % 12] + SYLLABLES[number // 12 * 5 % 12 + (number + 7) % 5] + str(number)


def corpus(sources: Sequence[Source], filler: Sequence[Source], seed: int = 0) -> Iterator[Made]:
    """Every original with its copies and its unrelated neighbours. `filler`: texts of nobody, for what is written around a copy."""
    dice = random.Random(seed)
    told: set[tuple[str, str]] = set()
    topics = [set(pieces_of(source.text)) for source in sources]
    fillers: dict[str, list[str]] = {}
    for each in filler:
        fillers.setdefault(each.lang, []).extend(pieces_of(each.text))
    for number, source in enumerate(sources):
        others = [at for at, each in enumerate(sources) if each.lang == source.lang and at != number]
        nearest = sorted(others, key=lambda at: -len(topics[at] & topics[number]) / len(topics[at] | topics[number]))[: 2 * NEIGHBOURS]
        around = [sources[at].sentences for at in nearest if sources[at].sentences]
        yield from _around(number, source, fillers.get(source.lang) or pieces_of(ENGLISH), around, dice, told)


def _around(
    number: int, source: Source, pieces: Sequence[str], neighbours: Sequence[Sequence[str]], dice: random.Random, told: set[tuple[str, str]]
) -> Iterator[Made]:
    outlet = number % OUTLETS
    boilerplate = "\n" + BOILERPLATE.get(source.lang, ENGLISH) if outlet % 2 else ""
    at = NOON + timedelta(minutes=17 * number)
    url = f"https://www.{brand(outlet)}.example" + PATHS[outlet % len(PATHS)].format(at, 500_000 + number)
    original = Given(
        url, source.text + boilerplate, source.lang, at, observed=at + timedelta(hours=1), site_name=brand(outlet).title()
    )  # fmt: skip
    is_captured = not (source.lang == "zh" and number % 10 == 3)
    if is_captured:
        yield Made(original, "original")
    mirrors = list(_mirrors(number, original, dice))
    yield from (replace(made, is_captured=is_captured) for made in (mirrors if is_captured else mirrors[:1]))
    if is_captured:
        yield from _quoting(number, original, source, pieces, dice)
        yield from _others(number, original, source, pieces, neighbours, boilerplate, dice, told)


def _mirrors(number: int, original: Given, dice: random.Random) -> Iterator[Made]:
    """Under the outlet's own path, on hosts of words that mean nothing, seen years later."""
    path = original.url.partition(".example")[2]
    later = original.observed + timedelta(days=dice.randint(200, 1500))

    def on(host: str, body: str, **more: object) -> Given:
        return replace(original, url=f"http://{host}{number % 7}.example{path}", body=body, observed=later, site_name=None, **more)

    if original.lang == "zh" and is_in_gbk(original.body) and not GLOSS.search(original.body):
        cloak = _cloak(original.body, dice)
        restored = restore("".join(f"<p>{cloak.apply(text)}</p>\n" for text in original.body.split("\n")))
        body = restored.text.replace("<p>", "").replace("</p>", "").strip()
        yield Made(on("cxkk", body, is_cloaked=restored.is_cloaked), "cloaked_mirror", original)
    if original.lang == "zh":
        yield Made(on("fant", "".join(traditional(char, "s2t") for char in original.body)), "mirror", original)
    yield Made(on("copy", original.body), "mirror", original)


def _cloak(text: str, dice: random.Random) -> Cloak:
    """One whose dictionary meets the text as often as those of real mirrors do, which gloss one character in twelve to twenty."""
    for size in range(60, 400, 80):
        cloak = Cloak(random_dictionary(dice, size, text))
        if len(GLOSS.findall(cloak.apply(text))) >= LEAST_GLOSSES * len(text):
            break
    return cloak


def _quoting(number: int, original: Given, source: Source, pieces: Sequence[str], dice: random.Random) -> Iterator[Made]:
    """Syndicated under a headline of its own and cut; scraped without a word; two paragraphs in another story."""
    own = source.paragraphs
    kept = own[: max(1, round(len(own) * dice.uniform(0.65, 0.95)))]
    later = (original.published or NOON) + timedelta(hours=dice.randint(3, 60))
    partner = (number + 1 + number % 5) % OUTLETS
    host = f"https://www.{brand(partner)}.example"
    if len("".join(kept)) > 0.6 * len(source.text):
        yield Made(
            Given(host + PATHS[partner % len(PATHS)].format(later, 700_000 + number), "\n".join([salad(pieces, 30, dice), *kept]),
                  original.lang, later, observed=later + timedelta(hours=1), site_name=brand(partner).title(),
                  sources=(str(original.site_name),)),
            "syndication", original,
        )  # fmt: skip
    scraped = Given(f"https://blog{number % 9}.example/p/{number}-some-words-here", source.text, original.lang, later + timedelta(days=1),
                    observed=later + timedelta(days=2), site_name=f"Blog {number % 9}")  # fmt: skip
    yield Made(scraped, "scraped", original)
    two = _two_paragraphs(own, dice)
    if two:
        around = [salad(pieces, 2 * len(two), dice) for _ in range(2)]
        body = "\n".join([around[0], two, around[1]])
        yield Made(replace(scraped, url=f"https://essay{number % 5}.example/t/{number}-on-this-and-that", body=body), "excerpt", original)


def _two_paragraphs(paragraphs: Sequence[str], dice: random.Random) -> str | None:
    """Two that stand together and are long enough to be claimed, from the middle of a text that has more."""
    pairs = ["\n".join(paragraphs[at : at + 2]) for at in range(1, len(paragraphs) - 2)]
    long = [pair for pair in pairs if (letters := letters_of(pair.lower())).weight(0, len(letters)) >= 1.1 * LEAST_EXCERPT]
    return dice.choice(long) if long else None


def _others(
    number: int, original: Given, source: Source, pieces: Sequence[str], neighbours: Sequence[Sequence[str]], boilerplate: str,
    dice: random.Random, told: set[tuple[str, str]],
) -> Iterator[Made]:  # fmt: skip
    """The outlet's own revision, and two pages that are no copies, though they have its topic, sentences of others and its frame."""
    own = list(source.paragraphs)
    own[dice.randrange(len(own))] = salad(pieces, 200, dice)
    revised = replace(original, body="\n".join(own) + boilerplate, observed=original.observed + timedelta(days=1))
    yield Made(revised, "revision", original)
    host, later = original.url.partition(".example")[0] + ".example", original.observed + timedelta(hours=5)
    length = max(len(source.text), 800)
    own_words = [clause[:25] for clause in dice.sample(own, min(3, len(own)))]
    topical = "\n".join([*own_words, recombined(neighbours[::2], length, dice, told) or salad(pieces, length, dice)])
    framed = recombined(neighbours[1::2], length, dice, told) or salad(pieces, length, dice)
    for kind, text, end in (("same_topic", topical, ""), ("same_boilerplate", framed, boilerplate)):
        path = PATHS[number % OUTLETS % len(PATHS)].format(later, (800_000 if kind == "same_topic" else 900_000) + number)
        yield Made(replace(original, url=host + path, body=text + end, published=later, observed=later), kind)


def noisy_groups(sources: Sequence[Source], seed: int = 1) -> Iterator[tuple[int, Given]]:
    """(number of the text, page): of each text one to six pages by papers that say nothing of each other, misread and cut."""
    dice = random.Random(seed)
    for number, source in enumerate(sources):
        for copy in range(dice.choice((1, 1, 2, 3, 4, 6))):
            text = noisy(source.text, 0.05, dice)
            kept = text[: round(len(text) * (1.0 if copy == 0 else dice.uniform(0.5, 1.0)))]
            if letters_of(kept.lower()).is_long_enough:
                host = f"https://paper{dice.randrange(400)}.example"
                yield number, Given(f"{host}/{number}/{copy}-{dice.randrange(10**6)}", kept, source.lang, NOON + timedelta(hours=copy))
