"""What decoders of one byte a character made of text of another charset comes back, in every language; what a story quotes stays."""

import html.entities

import pytest

from tasks.pages.dissect_restored import dissect_restored
from tasks.restoration.repairs import Restored
from tasks.restoration.restore import restore
from tests.restoration.misread import LANGUAGES, misread, misread_charsets, misread_utf_8, page_of

LOST_BEYOND_REPAIR = {("ar", "windows-1255"), ("fa", "windows-1255"), ("tr", "iso-8859-5")}  # every other byte; too few letters
RU, DE, FR, PL = (LANGUAGES[language] for language in ("ru", "de", "fr", "pl"))
SENTENCES = RU.split(". ")
TITLE = SENTENCES[0]
BODY = "".join(f"<p>{sentence}.</p>" for sentence in SENTENCES)
EN = "The council said that the ferry will not sail before May, and the slip has to be repaired first. Residents have waited for long."
GREETINGS = "".join(f"<li>{misread(word, 'windows-1251')}</li>" for word in ("Привет", "Спасибо", "Пожалуйста"))
LETTERS = "".join(f"<tr><td>{char}</td><td>{misread(char, 'windows-1252')}</td></tr>" for char in "éèçêîôû")
HELLO = misread("Здравствуйте", "windows-1252")
# Texts of languages that no charset here was made for, of capitals, of formulas, of many languages at once.
CLEAN = (
    "Қазақстан Республикасының Үкіметі жаңа бағдарлама қабылдады, ол өңірлердің дамуына бағытталған.",
    "Dünən şəhərdə yeni körpü açıldı. Tikinti dörd il çəkdi və gözlənildiyindən baha başa gəldi, lakin sakinlər məmnundurlar.",
    "Mae’r tŷ hwn yn perthyn i’r teulu ers llawer dydd; aeth y gŵr i’r môr a dŵr dros ei ben. Fe ŵyr pawb hynny ym Môn.",
    "Ĉiuj homoj estas denaske liberaj kaj egalaj laŭ digno kaj rajtoj, kaj devus konduti unu al alia en spirito de frateco.",
    "Ríkisstjórnin ákvað í gær að hækka laun þeirra sem vinna við fiskveiðar, en þó ekki fyrr en síðar á árinu.",
    "Vakar pilsētā atklāts jauns tilts pār upi. Būvdarbi ilga četrus gadus un izmaksāja vairāk, nekā cerēts; iedzīvotāji priecājas.",
    "Eile avati linnas uus sild üle jõe. Ehitus kestis neli aastat ja maksis rohkem, kui arvati; õhtul käisid seal kõik lähedalt.",
    "Երեկ քաղաքում բացվեց նոր կամուրջ գետի վրա։ Շինարարությունը տևեց չորս տարի և արժեցավ ավելի, քան սպասվում էր։",
    "The values of α, β and γ were 5 ± 2 μm, Δx ≈ 3·10² m², σ² ≤ 4, Ω = 2π; μ → ∞ and then ½ of it.",
    "Čeština Français Ελληνικά Русский Türkçe Español Português Українська Magyar Română Tiếng Việt Íslenska العربية עברית 日本語",
)
QUOTING = {
    "a word in a sentence": f"<p>{SENTENCES[0]}.</p><p>Письмо начиналось словом «{misread('Здравствуйте', 'windows-1251')}».</p>",
    "a paragraph": f"{BODY}<blockquote>{misread('Привет, напиши мне скорее', 'windows-1251')}</blockquote>",
    "a long paragraph": f"{BODY}<p>{misread('Привет, как твои дела, напиши мне скорее и не забудь ответить', 'koi8-r')}</p>",
    "a list": f"{BODY}<ul>{GREETINGS}</ul>",
    "code": f"{BODY}<code>{misread('Привет, мир и все остальные', 'ibm866')}</code>",
    "one charset as another": f"{BODY}<p>Вместо слова «Вопрос» стояло «бНОПНЯ», а вместо «Внимание» — «бМХЛЮМХЕ».</p>",
    "beside intact letters": f"<p>{DE}</p><p>Statt „für“ stand dort fÃ¼r, aus „Größe“ wurde GrÃ¶ÃŸe, und StraÃŸe war auch nicht schön.</p>",
    "a DOS decoder": f"<p>{DE}</p><p>Statt „für“ stand dort f├╝r, und aus „Größe“ wurde Gr├Â├ƒe.</p>",
    "a table": f"<p>{FR}</p><table>{LETTERS}</table>",
    "in quotation marks": f'<p>{EN}</p><p>They saw "cafÃ©" on the sign, and "donâ€™t" on the door, and ("naÃ¯ve") too.</p>',
    "another script": f"<p>{EN}</p><p>It began with {HELLO} and ended with {HELLO}, which nobody could read.</p>",
}  # fmt: skip


def page(title: str, body: str, *, headline: str | None = None, summary: str = "") -> str:
    return (
        f'<html><head><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta name="description" content="{summary}"></head><body><nav><a href="/1">Новости города</a></nav>'
        f"<h1>{headline or title}</h1>{body}"
        "<footer><p>Все права защищены, перепечатка только с согласия редакции.</p></footer></body></html>"
    )


def assert_exact_or_lost(clean: str, restored: Restored) -> None:
    """Every character is right, or marked as lost with the right one among its candidates."""
    if restored.text != clean:
        assert len(restored.text) == len(clean)
        wrong = {at: char for at, (one, char) in enumerate(zip(restored.text, clean, strict=True)) if one != char}
        lost = {repair.restored_start: repair for repair in restored.repairs if repair.status == "lost"}
        assert wrong.keys() <= lost.keys(), [(restored.text[at - 9 : at + 9], char) for at, char in wrong.items() if at not in lost]


@pytest.mark.parametrize(("language", "read"), [*misread_utf_8()])
def test_utf_8_comes_back_whatever_read_it(language: str, read: str):
    if (language, read) in LOST_BEYOND_REPAIR:
        pytest.skip("the decoder refuses the first bytes of most letters")
    for clean in (LANGUAGES[language], page_of(LANGUAGES[language])):
        damaged = misread(clean, read)
        restored = restore(damaged)
        assert_exact_or_lost(clean, restored)
        assert restored.original() == damaged


@pytest.mark.parametrize(("language", "written", "read"), [*misread_charsets()])
def test_an_older_charset_comes_back_whatever_read_it(language: str, written: str, read: str):
    for clean in (LANGUAGES[language], page_of(LANGUAGES[language])):
        damaged = misread(clean, read, written)
        restored = restore(damaged)
        assert restored.text == clean
        assert restored.original() == damaged


@pytest.mark.parametrize("text", [*LANGUAGES.values(), *CLEAN])
def test_text_that_was_read_right_stays(text: str):
    for clean in (text, text.upper(), page_of(text), f"<p>{text}</p>" * 20):
        assert restore(clean).text is clean


@pytest.mark.parametrize("story", QUOTING.values(), ids=QUOTING)
def test_a_story_that_quotes_damage_is_left_alone(story: str):
    restored = restore(page(TITLE, story))
    assert (restored.text, restored.repairs) == (page(TITLE, story), ())


@pytest.mark.parametrize("read", ["windows-1251", "koi8-r", "ibm866", "windows-1252"])
def test_damage_in_a_part_of_a_page_is_undone_there(read: str):
    title, body, summary = (misread(text, read) for text in (TITLE, BODY, SENTENCES[1]))
    half = "Новый " + misread("мост через реку", read)
    for clean, damaged in (
        (page(TITLE, BODY, summary=SENTENCES[1]), page(title, BODY, summary=summary)),
        (page(TITLE, BODY, headline=TITLE), page(title, BODY, headline=TITLE)),
        (page(TITLE, BODY), page(TITLE, body)),
        (page(f"{TITLE} | Паром", BODY), page(f"{title} | Паром", body)),
        (page(f"{TITLE} — Паром", BODY), page(f"{title} — Паром", body)),
        (page("Новый мост через реку", BODY), page(half, body)),
    ):
        assert restore(damaged).text == clean


@pytest.mark.parametrize("read", ["windows-1251", "koi8-r", "windows-1252"])
@pytest.mark.parametrize("read_again", ["windows-1252", "windows-1251", "koi8-r"])
def test_what_was_read_wrongly_twice_comes_back(read: str, read_again: str):
    clean = page_of(RU)
    assert restore(misread(misread(clean, read), read_again)).text == clean


@pytest.mark.parametrize("left", ["", "?", "\ufffd", "\x98"])
def test_a_byte_that_a_decoder_refused_is_told_by_what_it_can_have_been(left: str):
    clean = page("Игорь и Ирина", BODY + "<p>Иногда Иван шёл по мосту, и Илья с Ингой его ждали у реки.</p>")
    restored = restore(misread(clean, "windows-1251").replace("\x98", left))
    assert restored.text == clean
    assert all(repair.is_proved or left != "\x98" for repair in restored.repairs)


def test_blanks_and_soft_hyphens_that_editors_dropped_are_letters():
    russian, czech = page_of(RU + " Рано утром приехала Рита."), page_of(LANGUAGES["cs"])
    assert restore(misread(russian, "windows-1251").replace("\xa0", " ")).text == russian
    assert restore(misread(czech, "windows-1250").replace("\xad", "")).text == czech


@pytest.mark.parametrize(
    ("language", "read"), [("ru", "windows-1252"), ("fr", "windows-1252"), ("cs", "windows-1250"), ("he", "windows-1252")]
)
def test_damage_that_was_escaped_afterwards_is_undone(language: str, read: str):
    clean = page_of(LANGUAGES[language])
    damaged = misread(clean, read)
    names = html.entities.codepoint2name
    for escaped in (
        "".join(char if char < "\x80" else f"&{names[ord(char)]};" if ord(char) in names else f"&#{ord(char)};" for char in damaged),
        damaged.encode("ascii", "xmlcharrefreplace").decode(),
    ):
        restored = restore(escaped)
        assert restored.text == clean
        assert restored.original() == escaped


def test_what_machines_are_told_in_escapes_is_undone():
    told = '<script type="application/ld+json">{"headline": "%s"}</script>'
    damaged = told % misread(TITLE, "windows-1252").encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00")
    assert restore(damaged).text == told % TITLE


def test_quotation_marks_of_an_english_page_come_back():
    said = "It’s late, “really late,” she said – and I don’t mind…</p><p>The ferry doesn’t sail, the mayor’s office won’t say why."
    clean = f"<p>{EN}</p><p>{said}</p>"
    for read in ("windows-1251", "windows-1250", "macintosh", "ibm437", "koi8-r", "latin-1"):
        assert restore(misread(clean, read)).text == clean
    assert restore(misread(clean, "latin-1", "windows-1252")).text == clean


def test_headlines_in_a_list_come_back():
    links = [f'<li><a href="/{number}">%s</a></li>' for number in range(len(SENTENCES))]
    for read, written in (("windows-1251", "utf-8"), ("windows-1251", "koi8-r"), ("koi8-r", "utf-8")):
        damaged = "".join(link % misread(sentence, read, written) for link, sentence in zip(links, SENTENCES, strict=True))
        assert restore(damaged).text == "".join(link % sentence for link, sentence in zip(links, SENTENCES, strict=True))


def test_the_repairs_of_a_title_are_told_of_the_title():
    damaged = page(misread(TITLE, "windows-1251"), misread(BODY, "windows-1251"))
    dissected = dissect_restored(damaged, "https://ferry.example/1", None, is_text=False)
    assert dissected.article is not None
    assert dissected.article.title == TITLE
    told = [repair for repair in dissected.restoration.repairs if repair.field == "title"]
    assert [repair.after for repair in told] == TITLE.split()
    assert {(repair.method, repair.evidence, repair.is_proved) for repair in told} == {("mojibake:utf-8", "read as windows-1251", True)}
