"""What a decoder of strict GB2312 leaves of GBK is told from other losses."""

import pytest

from tasks.restoration.gb2312 import gb2312_scores, is_truncated


def read_as_gb2312(text: str) -> str:
    return text.encode("gbk").decode("gb2312", "replace")


@pytest.mark.parametrize("name", ["陈喆", "李昇", "王堃", "赵珺"])
def test_a_name_that_only_gbk_has_shifts_what_follows(name: str) -> None:
    damaged = read_as_gb2312(f"记者{name}、侯文报道，今天天气很好")
    assert "\ufffd" in damaged
    assert is_truncated(damaged)


def test_characters_that_were_lost_in_step_are_counted() -> None:
    assert gb2312_scores("他又双\ufffd\ufffd\ufffd\ufffd换了工作") == {"gb2312_shifted": 0.0, "gb2312_lost": 2.0}


@pytest.mark.parametrize(
    "text",
    ["已有\ufffd字符", "看完了\ufffd\ufffd再走", "表情\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd没有了", "天气很好", "caf\ufffd au lait", ""],
)
def test_other_losses_are_not_taken_for_it(text: str) -> None:
    assert not is_truncated(text)
