"""What kind of listing a label, the items and the class names tell."""

import pytest

from tasks.dissection.findings import ListingItem
from tasks.dissection.listings.kind import listing_kind

LABELS = """
related     | Mehr zum Thema, Lesen Sie auch, Related articles, À lire aussi, Sur le même thème, Baca juga, 相关阅读, 延伸阅读
related     | 関連記事, 時系列で見る, 관련기사, مقالات ذات صلة, Читайте также, Læs også, Lue myös, Czytaj też
related     | Tin liên quan, İlgili Haberler, Related articles More from author
related     | More on the harbour dispute, Mehr zu Fähren, 相关推荐, Διαβάστε επίσης, यह भी पढ़ें, כתבות נוספות, Leia também
recommended | La rédaction vous conseille, You may also like, Editor’s Picks, Das könnte Sie auch interessieren, 为您推荐, 猜你喜欢
recommended | おすすめ, 추천 기사, اخترنا لكم, Te puede interesar, Polecamy, Önerilen Haberler, Рекомендуем, Don't miss, Top Stories
hot         | Most read, Meistgelesen, Les plus lus, Lo más leído, I più letti, Mais lidas, Najczęściej czytane, Самое читаемое
hot         | 24小时最热, 阅读排行榜, 最新闻 Hot, アクセスランキング, 많이 본 뉴스, الأكثر قراءة, پربازدیدترین
hot         | En çok okunanlar, Trending now
latest      | Latest news, Neueste Artikel, Dernières infos, Últimas noticias, 快讯, 最新视频, 新着記事, 최신 뉴스, أحدث الأخبار, Son dakika
section     | Mehr von Ann Moss, More from Politics, 作者最近文章, この記者の記事, Du même auteur, Más de Ann Moss, 图片新闻, Videos
hot         | Das wird gerade gelesen, What others are reading, Articles les + lus, 지금 뜨는 뉴스, 按周, Veel gelezen
latest      | Latest from the harbour, Lo más reciente, En ce moment, Только что, Ostatnio dodane
recommended | Lo más destacado, Themen des Tages, If you liked this, 데일리안 PICK, Scelti per voi, Toppsaker, Niet te missen
related     | Para saber más, Les mer, Pour approfondir, مواضيع ذات علاقة
section     | River Times, 河湾专栏, Harbour, 新媒体实验室
"""
CASES = [
    (kind.strip(), label.strip())
    for kind, labels in (line.split("|") for line in LABELS.strip().splitlines())
    for label in labels.split(",")
]


@pytest.mark.parametrize(("kind", "label"), CASES)
def test_a_label_tells_the_kind_in_its_own_language(kind: str, label: str) -> None:
    assert listing_kind(label, "", [ListingItem("A bridge falls")] * 4)[0] == kind


def test_ranks_tell_a_ranking_where_the_label_does_not() -> None:
    ranked = [ListingItem(f"Story {rank}", rank=rank) for rank in (1, 2, 3)]
    assert listing_kind("This week", "", ranked)[0] == "latest"
    assert listing_kind("Harbour", "", ranked) == ("hot", "ranks")
    assert listing_kind(None, "", ranked) == ("hot", "ranks")
    assert listing_kind("Related stories", "", ranked)[0] == "related"


def test_a_label_of_both_kinds_heads_recommendations_where_items_carry_counts() -> None:
    counted = [ListingItem("A bridge falls", comment_count=3)] * 3
    assert listing_kind("相关推荐", "", counted)[0] == "recommended"
    assert listing_kind("相关推荐", "", [ListingItem("A bridge falls", listed_text="2024-03-05")])[0] == "related"


def test_class_names_are_asked_last_and_then_the_place() -> None:
    items = [ListingItem("A bridge falls")] * 3
    assert listing_kind(None, "widget mostRead-list", items)[0] == "hot"
    assert listing_kind("Latest news", "widget popular-list", items)[0] == "latest"
    assert listing_kind(None, "", items)[0] == "related"
    assert listing_kind(None, "", items, is_amid=False)[0] == "recommended"
