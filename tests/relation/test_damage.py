"""A little of a mirror's disguise, told by the text that has none of it."""

import random
from pathlib import Path

import pytest

from tasks.relation.damage import is_damaged
from tasks.relation.letters import letters_of
from tasks.relation.relate import relate
from tests.relation.articles import load
from tests.relation.own_texts import report
from tests.relation.test_relations import RUN, elsewhere, post
from warehouse.connection import open_loader
from warehouse.relating.corpus import FileCorpus
from warehouse.search.fold import fold

TEXT = report(1, "zh")
AT = TEXT.index("\n") // 2
BEFORE, AFTER = TEXT[:AT], TEXT[AT:]
LATE = (b"\xb1" + AFTER[:8].encode("gb18030")[:-1]).decode("gb18030")


@pytest.mark.parametrize(
    ("body", "relation"),
    [
        pytest.param(f"{BEFORE}(guan){AFTER}", "cloaked_mirror", id="reading"),
        pytest.param(f"{BEFORE}\ufffd{AFTER[1:]}", "cloaked_mirror", id="lost"),
        pytest.param(BEFORE + LATE + AFTER[8:], "cloaked_mirror", id="bytes a half late"),
        pytest.param(f"{BEFORE}（一九九九年）{AFTER}", "mirror", id="edited"),
        pytest.param(TEXT, "mirror", id="as it was"),
    ],
)
def test_a_mirror_with_one_sign_of_a_disguise_is_told_by_its_origin(home: Path, body: str, relation: str):
    origin = post(1, "zh")
    mirror = elsewhere(origin, origin.url.replace("www.harbour-post", "cxkk"), body=body)
    with open_loader(home) as con:
        load(con, [origin, mirror])
        relate(FileCorpus(con, home), RUN)
        assert con.execute("SELECT page_id, relation FROM core.copies").fetchall() == [(mirror.page_id, relation)]


def test_another_character_in_place_of_one_is_no_damage():
    dice = random.Random(5)
    one = letters_of(fold(TEXT))
    for _ in range(50):
        at = dice.randrange(len(TEXT) - 6)
        edited = TEXT[:at] + "".join(dice.sample(TEXT.replace("\n", ""), 5)) + TEXT[at + 5 :]
        assert not is_damaged(one, letters_of(fold(edited)))
