"""Thai stands without spaces between words: what an article says is found, wherever in a sentence it stands."""

import random
from collections.abc import Iterator

import pytest

from tests.warehouse.lettered import ROWS
from warehouse.connection import Connection, open_loader
from warehouse.snapshot import publish_snapshot

WORDS = [
    "เรือ",
    "ท่าเรือ",
    "แม่น้ำ",
    "สะพาน",
    "ตลาด",
    "โรงเรียน",
    "นักเรียน",
    "ครู",
    "หมู่บ้าน",
    "ชาวประมง",
    "ลม",
    "ฝน",
    "น้ำท่วม",
    "รัฐบาล",
    "นายกเทศมนตรี",
    "การเลือกตั้ง",
    "ตำรวจ",
    "โรงพยาบาล",
    "ถนน",
    "รถไฟ",
    "ข้าว",
    "ราคา",
    "เกาะ",
    "ทะเล",
    "เช้า",
    "เย็น",
    "ประชุม",
    "เปิด",
    "ปิด",
    "หยุด",
    "สร้าง",
    "ซ่อม",
]
ARTICLES = 40
Told = tuple[Connection, dict[str, list[str]]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """A warehouse of Thai articles, and the words of each in their order."""
    order, home = random.Random(7), tmp_path_factory.mktemp("thai") / "home"
    texts: dict[str, list[str]] = {f"{number:016x}": [] for number in range(ARTICLES)}
    with open_loader(home) as con:
        publish_snapshot(con, home)
        for page_id, words in texts.items():
            words.extend(order.sample(WORDS, 12))
            first, second = ROWS.format(id=page_id, lang="th", host="th.example", day=1).split(";\n")
            con.execute(first)
            con.execute(second, {"title": "".join(words[:3]), "body": "".join(words[3:])})
        publish_snapshot(con, home)
        yield con, texts


def test_known_items_are_found_first(told: Told):
    con, texts = told
    for page_id, words in texts.items():
        found = con.execute("SELECT page_id FROM search_articles($1)", ["".join(words[4:9])]).fetchall()
        assert found[:1] == [(page_id,)], words


def test_phrases_are_those_of_contains(told: Told):
    con, texts = told
    for words in texts.values():
        phrase = "".join(words[5:7])
        found = con.execute("SELECT page_id FROM search_articles($1) ORDER BY ALL", [f'"{phrase}"']).fetchall()
        holds = "SELECT page_id FROM core.articles WHERE contains(body_folded, fold($1)) OR contains(title_folded, fold($1)) ORDER BY ALL"
        assert found == con.execute(holds, [phrase]).fetchall() != []
