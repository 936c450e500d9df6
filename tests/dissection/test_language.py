"""The language: as declared, unless the text excludes it."""

import pytest

from tasks.dissection.about.language import find_language
from tasks.dissection.markup.parsed_page import ParsedPage

TEXTS = {
    "zh": "渡轮今天复航，两岸市民纷纷前来观看，河面上一片欢腾的景象，老人们说等了整整十年。",
    "ja": "渡し船が今日から再開し、両岸の市民が集まって手を振った。川はにぎやかになった。",
    "ko": "나룻배가 오늘 다시 운항을 시작했고 강변의 시민들이 손을 흔들었다.",
    "ar": "عادت العبارة إلى العمل اليوم ولوح الناس من الضفتين بعد انتظار دام عشر سنوات.",
    "fa": "قایق امروز دوباره به کار افتاد و مردم از هر دو سوی رودخانه پس از ده سال چشم به راهی گرد آمدند.",
    "el": "Το πορθμείο επέστρεψε σήμερα και οι κάτοικοι χαιρετούσαν από τις όχθες του ποταμού.",
    "hi": "नाव आज फिर से चलने लगी और दोनों किनारों से लोगों ने हाथ हिलाकर उसका स्वागत किया।",
    "th": "เรือข้ามฟากกลับมาให้บริการอีกครั้งในวันนี้ และผู้คนโบกมือจากสองฝั่งแม่น้ำ",
    "ru": "Паром сегодня вернулся на реку, и люди махали ему с обоих берегов, как и десять лет назад, когда это не было новым. " * 3,
    "uk": "Пором сьогодні повернувся на річку, і люди махали йому з обох берегів, що для них це було не вперше та до свята. " * 3,
    "de": "Die Fähre ist heute auf den Fluss zurückgekehrt, und die Leute winkten von beiden Ufern, auch wenn es nicht warm war. " * 3,
    "sw": "Kivuko kimerudi leo katika mto na watu wa pande zote za mto wamefurahi kwa kuwa walisubiri kwa miaka mingi ya shida hiyo. " * 3,
}


def page(attribute: str = "", head: str = "") -> ParsedPage:
    return ParsedPage(f"<html {attribute}><head>{head}</head><body><p>1</p></body></html>")


@pytest.mark.parametrize("language", TEXTS)
def test_the_text_tells_a_language_that_nothing_declares(language: str) -> None:
    assert find_language(page(), TEXTS[language]).value == language


@pytest.mark.parametrize("language", TEXTS)
def test_the_text_overrules_lang_en_copied_from_a_template(language: str) -> None:
    result = find_language(page('lang="en"'), TEXTS[language])
    found, finding = result.value, result.finding
    assert found == language
    assert finding.candidates[0].verdict == "lost"


@pytest.mark.parametrize(("declared", "code"), [("de-AT", "de"), ("DE", "de"), ("de_DE", "de")])
def test_a_declaration_that_the_text_bears_out_is_taken(declared: str, code: str) -> None:
    result = find_language(page(f'lang="{declared}"'), TEXTS["de"])
    found, finding = result.value, result.finding
    assert (found, finding.source) == (code, "html lang")


def test_open_graph_wins_over_a_lang_that_the_text_excludes() -> None:
    result = find_language(page('lang="en"', '<meta property="og:locale" content="ja_JP">'), TEXTS["ja"])
    found, finding = result.value, result.finding
    assert (found, finding.source) == ("ja", "og:locale")


def test_a_language_we_have_no_words_for_is_believed() -> None:
    assert find_language(page('lang="lb"'), "Haut ass d'Fähr erëm op der Moselle gefuer. " * 10).value == "lb"


def test_neither_declaration_nor_text_gives_none() -> None:
    result = find_language(page(), None)
    found, finding = result.value, result.finding
    assert (found, finding.source) == (None, None)


NEIGHBOURS = {
    "uk": (
        "У селищі Ясна Гавань відкриється бібліотека в будівлі старої пристані, "
        "що стояла порожня дванадцять років. Її ремонт коштував дев'ять мільйонів."
    ),
    "bg": (
        "В селището ще отвори библиотека в сградата на старото пристанище, "
        "която беше празна дванадесет години. Жителите сами събраха пари за покрива."
    ),
    "be": (
        "У пасёлку адкрыецца бібліятэка ў будынку старой прыстані, якая стаяла пустая дванаццаць гадоў. Жыхары самі сабралі грошы на дах."
    ),
    "sr": (
        "У насељу ће бити отворена библиотека у згради старог пристаништа које "
        "је дванаест година било празно. Мештани су сами скупили новац за кров."
    ),
    "ru": (
        "В посёлке откроется библиотека в здании старой пристани, которая "
        "двенадцать лет стояла пустой. Жители сами собрали деньги на новую крышу."
    ),
    "fa": (
        "شهرداری اعلام کرد که کتابخانه‌ای در ساختمان اسکلهٔ قدیمی باز می‌شود که "
        "دوازده سال خالی بود. مردم پول بام نو را خودشان گرد آوردند و پنجره‌ها را رنگ زدند."
    ),
    "ar": (
        "أعلنت البلدية أن مكتبة ستفتح في مبنى المرسى القديم الذي ظل خاليا "
        "اثني عشر عاما. وجمع السكان بأنفسهم المال لسقف جديد ودهنوا النوافذ."
    ),
    "mr": ("जुन्या धक्क्याच्या इमारतीत वाचनालय सुरू होणार आहे आणि ती इमारत बारा वर्षे रिकामी होती. छपरासाठी लोकांनी स्वतः पैसे गोळा केले आहेत असे ते म्हणाले. ")
    * 2,
    "hi": ("पुराने घाट की इमारत में एक पुस्तकालय खुलने वाला है और वह इमारत बारह साल से खाली थी। लोगों ने छत के लिए पैसे खुद जमा किए हैं और वे खुश हैं। ") * 2,
}
DECLARED = {"uk": "ru", "bg": "ru", "be": "ru", "sr": "ru", "ru": "uk", "fa": "ar", "ar": "fa", "mr": "hi", "hi": "mr"}


@pytest.mark.parametrize("language", NEIGHBOURS)
def test_letters_and_commonest_words_exclude_a_declared_neighbour(language: str) -> None:
    text = NEIGHBOURS[language] * 2
    assert find_language(page(f'lang="{DECLARED[language]}"'), text).value == language
    assert find_language(page(f'lang="{language}"'), text).value == language


def test_norwegian_and_danish_are_told_by_what_they_spell_otherwise() -> None:
    nb = "Kommunen åpner et bibliotek i den gamle hallen etter tolv år. Det er nå plass til barna, og ovnen ble stående der den var. " * 3
    da = "Kommunen åbner et bibliotek i den gamle hal efter tolv år. Der er nu plads til børnene, og ovnen blev stående, hvor den var. " * 3
    assert [find_language(page(), text).value for text in (nb, da)] == ["nb", "da"]


def test_a_few_foreign_letters_exclude_nothing() -> None:
    text = NEIGHBOURS["ru"] * 3 + " Об этом сообщил Олексій."
    assert find_language(page('lang="ru"'), text).value == "ru"
