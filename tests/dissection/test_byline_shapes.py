"""Bylines as they are printed the world over: with and without labels, linked, dated, titled, at either end of the story."""

import pytest

from tests.dissection.test_bylines import CHINESE, STORY, credited

NAME, TWO = ["Mara Ellwood"], ["Mara Ellwood", "Bo Hartwin"]
LABELS = """
    en | Posted by, Published by, Article by, Text by, Review by, Opinion by, Submitted by, Guest post by
    de | Geschrieben von, Ein Gastbeitrag von, Kommentar von, Veröffentlicht von, Eine Kolumne von
    fr | Écrit par, Publié par, Un texte de
    es | Escrito por, Publicado por
    it | Scritto da, Pubblicato da, dal nostro inviato
    pt | Escrito por, Publicado por
    nl | Geschreven door, Tekst:
    nb | Publisert av, Tekst:
    sv | Skriven av, Publicerad av
    pl | Napisane przez, Opracowała:, Napisał
    ro | Scris de
    hr | Piše:
    lt | Autorius:
    sq | Nga
    af | Deur
"""
OTHER_SCRIPTS = """
    ru | Подготовила | Инга Велесова
    bg | От | Мила Дечева
    el | Από | Μάρα Ελβουντή
    sr | Пише: | Милица Пајић
    be | Аўтар: | Вольга Вербава
    ar | بواسطة | سلمى القطان
    fa | به قلم | مریم کوهستانی
    he | כתבה: | נועה אשכולי
    th | โดย | มาลี ศรีสุข
    bn | লেখক: | মীরা চৌধুরী
    ur | تحریر: | سلمیٰ قطان
"""
KOREAN = "".join(f"<p>{text}</p>" for text in (
    "항구 의회는 화요일 저녁 오래된 나루터를 두 번의 겨울 동안 더 열어 두기로 결정했다. 조사 결과에 따른 것이다.",
    "기술자들은 봄에 선착장이 더 이상 트럭을 지탱할 수 없다고 경고했다. 새 보고서는 구 톤이면 충분하다고 말한다.",
))  # fmt: skip
JAPANESE = "<p>港町の議会は火曜の夜、古い渡し場をあと二冬のあいだ開けておくことを決めた。調査の結果を受けたものだ。</p>" * 2


@pytest.mark.parametrize("label", [label.strip() for row in LABELS.strip().splitlines() for label in row.partition("|")[2].split(",")])
def test_a_label_tells_the_author_in_its_language(label: str) -> None:
    assert credited(above=f"<p>{label} Mara Ellwood</p>").get("author") == NAME
    assert credited(above=f"<p><span>{label}</span> <a href=/x>Mara Ellwood</a></p>").get("author") == NAME


@pytest.mark.parametrize("row", OTHER_SCRIPTS.strip().splitlines())
def test_a_label_tells_the_author_in_other_scripts(row: str) -> None:
    _, label, name = (cell.strip() for cell in row.split("|"))
    assert credited(above=f"<p>{label} {name}</p>").get("author") == [name]


@pytest.mark.parametrize("above", [
    "<p>By <a>Mara Ellwood</a> and <a>Bo Hartwin</a></p>",
    "<div>by <span>Mara Ellwood</span> & <span>Bo Hartwin</span> on March 12 | 4</div>",
    "<p>By <a>Mara Ellwood</a> , <a>Bo Hartwin</a></p>",
    "<div><span>By</span><span>Mara Ellwood</span><span>with</span><i>Bo Hartwin</i></div>",
    "<ul class=authors><li><a href=/author/m>Mara Ellwood</a></li><li><a href=/author/b>Bo Hartwin</a></li></ul>",
    "<div><a href=/author/mara-ellwood>Mara Ellwood</a> and <a href=/author/bo-hartwin>Bo Hartwin</a> <time>March 3, 2024</time></div>",
])  # fmt: skip
def test_names_in_links_of_their_own_are_all_read(above: str) -> None:
    assert credited(above=above).get("author") == TWO


@pytest.mark.parametrize("above", [
    "<p>Posted on March 3, 2024 by Mara Ellwood</p>", "<p>March 3, 2024 | By Mara Ellwood</p>", "<p>By Mara Ellwood Updated 10:20 AM</p>",
    "<p>By Mara Ellwood of the Orrin Post</p>", "<p>By Mara Ellwood Senior Political Correspondent</p>",
    "<p>By Mara Ellwood for Orrin Post</p>",
    "<span class='author vcard'><a class='url fn n' href=/author/x>Mara Ellwood</a></span>", "<address>Mara Ellwood</address>",
    "<a rel='author external' href=/x>Mara Ellwood</a>", "<span itemprop='author creator'>Mara Ellwood</span>",
    "<span property='schema:author'>Mara Ellwood</span>", "<div data-testid=byline>Mara Ellwood</div>",
    "<div class=redakteur>Mara Ellwood</div>",
    "<div class=author-card><a href=/a>Mara Ellwood</a></div>", "<div>Mara Ellwood, <a href=https://x.example/m>@maraell</a></div>",
    "<div><a href=/people/mara-ellwood>Mara Ellwood</a></div>", "<p>Mara Ellwood, Staff Writer</p>", "<p>Mara Ellwood | Orrin Post</p>",
    "<div><span>Mara Ellwood</span><time>March 3, 2024</time></div>", "<p>Mara Ellwood • 3 March 2024</p>",
])  # fmt: skip
def test_a_byline_is_read_with_what_stands_around_it(above: str) -> None:
    assert credited(above=above).get("author") == NAME


@pytest.mark.parametrize("above", [
    "<div>By Land and Sea</div>", "<div><span>World News</span><time>March 3, 2024</time></div>", "<div>Premium Content</div>",
    "<div><a href=/middle-east>Middle East</a> March 3, 2024</div>", "<div><span>Reading Time</span><time>March 3, 2024</time></div>",
    "<div class=author><a href=/all>All Articles</a></div>", "<div><span>Last Updated</span><time>March 3, 2024</time></div>",
    "<div class=comments><span class=author>Bo Hartwin</span> says</div>", "<p>On March 3, 2024 by order of the council</p>",
    "<figure><img src=a.jpg><figcaption>Ferry at dusk. Bo Hartwin</figcaption></figure>",
])  # fmt: skip
def test_sections_controls_and_readers_are_no_authors(above: str) -> None:
    assert "author" not in credited(above=above)


@pytest.mark.parametrize("line", [
    "홍길동 기자", "홍길동 기자 hong@orrinpost.example", "입력 2024.03.01 10:20 홍길동 기자", "[오린포스트 홍길동 기자]",
    "(서울=오린포스트) 홍길동 기자 =",
    "홍길동 특파원", "홍길동 선임기자",
])  # fmt: skip
def test_a_title_behind_a_korean_name_tells_the_author(line: str) -> None:
    assert credited(above=f"<p>{line}</p>", story=KOREAN).get("author") == ["홍길동"]
    assert credited(under=f"<p>{line}</p>", story=KOREAN).get("author") == ["홍길동"]


def test_korean_photographers_and_reporters_at_large_are_no_authors() -> None:
    assert "author" not in credited(above="<p>사진=홍길동 기자</p><p>취재 기자</p>", story=KOREAN)


@pytest.mark.parametrize(
    "lead", ["記者林小河／臨江報導", "【記者林小河／臨江報導】", "〔记者林小河／临江报导〕", "（江河社记者林小河临江电）"]
)
def test_a_reporter_who_filed_from_somewhere_is_read_without_the_place(lead: str) -> None:
    assert credited(above=f"<p>{lead}</p>", story=CHINESE, lang="zh").get("author") == ["林小河"]


@pytest.mark.parametrize(("end", "names"), [
    ("【佐川みどり】", ["佐川みどり"]), ("（佐川みどり、林小河）", ["佐川みどり", "林小河"]), ("（おわり）", []),
    ("（共同通信）", []), ("（敬称略）", []),
])  # fmt: skip
def test_a_japanese_story_is_signed_in_brackets(end: str, names: list[str]) -> None:
    assert credited(story=JAPANESE.removesuffix("</p>") + f"{end}</p>").get("author", []) == names


@pytest.mark.parametrize(("end", "under"), [
    (" (Mara Ellwood)", ""), (" — Mara Ellwood", ""), ("",
    "<div><h3>About the author</h3><p>Mara Ellwood covers ferries for us.</p></div>"),
])  # fmt: skip
def test_a_story_says_at_its_end_who_wrote_it(end: str, under: str) -> None:
    assert credited(story=STORY.removesuffix("</p>") + f"{end}</p>", under=under).get("author") == NAME


@pytest.mark.parametrize("end", [" (New York)", " (dpa)", " (Photo: Bo Hartwin)", " — Read more"])
def test_other_brackets_at_the_end_sign_nothing(end: str) -> None:
    assert "author" not in credited(story=STORY.removesuffix("</p>") + f"{end}</p>")
