"""What a page says and what charset it says it in are two things; only the first counts."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.restoration.charset import decode
from tests.restoration.paragraphs import KO, PARAGRAPHS, RU, ZH_CN

SHARED = Path(__file__).parents[3] / "shared" / "pages"
WRONG_LABELS = ("iso-8859-1", "gb2312", "utf-8", "shift_jis", "windows-1251", "no-such-charset")


def html(text: str, label: str = "") -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}<title>{text[:30]}</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(("charset", "codec", "text"), PARAGRAPHS)
def test_a_page_without_declaration_is_read_in_its_charset(charset: str, codec: str, text: str) -> None:
    decoded = decode(html(text).encode(codec))
    same = {charset, "iso-8859-7"} if charset == "windows-1253" else {charset}  # equal but for one letter
    assert (decoded.text, decoded.source, decoded.replaced_count) == (html(text), "detector", 0)
    assert decoded.charset in same


@pytest.mark.parametrize(("charset", "codec", "text"), PARAGRAPHS)
@pytest.mark.parametrize("label", WRONG_LABELS)
def test_a_wrong_declaration_is_overruled(label: str, charset: str, codec: str, text: str) -> None:
    page = html(text, label)
    if (label, charset) == ("iso-8859-1", "windows-1257"):
        pytest.skip("Lithuanian read as Latin-1 is a text of letters too: nothing in the bytes tells them apart")
    assert decode(page.encode(codec), declared=label).text == page


@pytest.mark.parametrize(("charset", "codec", "text"), PARAGRAPHS[:5])
def test_a_headline_of_twelve_characters_is_enough_for_east_asian_charsets(charset: str, codec: str, text: str) -> None:
    page = html(text[:12])
    decoded = decode(page.encode(codec))
    assert (decoded.text, decoded.charset) == (page, charset)


def test_what_decided_is_told() -> None:
    page = html(ZH_CN, "gbk").encode("gbk")
    assert decode(page).source == "meta"
    assert decode(page, declared="GB2312").source == "http"
    assert decode(page, declared="gbk", declared_source="sidecar").source == "sidecar"
    assert decode(html(ZH_CN, "gbk").encode("utf-8")).source == "utf-8"


@pytest.mark.parametrize(
    ("mark", "codec", "charset"),
    [
        (b"\xef\xbb\xbf", "utf-8", "utf-8"),
        (b"\xff\xfe", "utf-16-le", "utf-16le"),
        (b"\xfe\xff", "utf-16-be", "utf-16be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_taken_off(mark: bytes, codec: str, charset: str) -> None:
    decoded = decode(mark + html(KO).encode(codec), declared="euc-kr")
    assert (decoded.text, decoded.charset, decoded.source) == (html(KO), charset, "bom")


def test_utf_16_is_read_without_its_mark() -> None:
    assert decode(html(RU).encode("utf-16-le")).text == html(RU)
    assert decode(html(RU).encode("utf-16-be")).text == html(RU)


def test_english_with_curly_quotes_is_windows_1252_whatever_is_declared() -> None:
    page = "<p>“It’s fine,” she said – and it was…</p>"
    assert [decode(page.encode("cp1252"), label).text for label in (None, "utf-8", "gbk", "big5")] == [page] * 4


def test_ascii_is_utf_8_even_if_declared_otherwise() -> None:
    assert decode(b"<p>plain</p>", declared="gbk").charset == "utf-8"


@pytest.mark.parametrize("codec", ["gbk", "big5hkscs", "cp932", "euc_jp", "cp949", "utf-8", "utf-16"])
def test_a_page_cut_off_inside_a_character_loses_that_character_only(codec: str) -> None:
    text = {"gbk": ZH_CN, "cp949": KO}.get(codec, PARAGRAPHS[1][2] if codec == "big5hkscs" else PARAGRAPHS[2][2])
    page = html(text.replace("①", ""))[: 60 + len(text)].encode(codec)[:-1]
    decoded = decode(page)
    assert page.decode(codec, "ignore") == decoded.text.rstrip("\N{REPLACEMENT CHARACTER}")
    assert decoded.replaced_count == 1


def test_utf_8_with_a_few_lost_bytes_stays_utf_8() -> None:
    damaged = html(ZH_CN).encode().replace("水".encode(), "水".encode()[:2], 2)
    decoded = decode(damaged)
    assert (decoded.charset, decoded.replaced_count) == ("utf-8", 2)


def test_a_replacement_character_the_page_already_had_is_not_counted_as_a_loss() -> None:
    assert decode("<p>已有\ufffd字符</p>".encode()).replaced_count == 0


@settings(max_examples=300)
@given(st.binary(max_size=300), st.none() | st.text(max_size=20) | st.sampled_from(WRONG_LABELS))
def test_no_bytes_and_no_label_raise(body: bytes, label: str | None) -> None:
    decoded = decode(body, label)
    assert isinstance(decoded.text, str) and decoded.replaced_count >= 0


@settings(max_examples=100)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1b\ufeff"), max_size=200))
def test_utf_8_always_comes_back(text: str) -> None:
    assert decode(text.encode()).text == text


def test_real_pages_come_back_from_every_charset_that_can_write_them() -> None:
    if not SHARED.exists():
        pytest.skip(f"expected real pages at {SHARED}; the accuracy on them cannot be measured here")
    codecs_of = {"zh": ("gb18030", "big5hkscs"), "ja": ("cp932", "euc_jp"), "ko": ("cp949",), "ru": ("cp1251",)}
    wrong, count = [], 0
    for row in map(json.loads, (SHARED / "manifest.jsonl").read_text("utf-8").splitlines()):
        text = gzip.decompress((SHARED / row["html"]).read_bytes()).decode("utf-8", "ignore")
        for codec in codecs_of.get((row["lang"] or "")[:2], ()):
            body = text.encode(codec, "replace")
            for label in (None, codec, "iso-8859-1", "gb2312"):
                count += 1
                wrong += [(row["id"], codec, label)] * (decode(body, label).text != body.decode(codec))
    assert (wrong, count > 300) == ([], True)
