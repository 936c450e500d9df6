"""The shipped samples are what their expectations say, before any of our code has read them."""

import gzip
import json
from pathlib import Path

import pytest
from lxml import html

from tasks.restoration.cloak.forward import HALVED
from tests.samples.write_cloaked import WRITTEN, clean_source, cloaked
from tests.samples.write_warc import RECORDS, TARGET, warc_bytes

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED = json.loads((Path(__file__).parent / "samples" / "expected.json").read_text("utf-8"))
TRUE_CHARSETS = {  # what the bytes are, whatever the page declares
    "html/zh-chenguang/laojie-paishui.html": "gb18030",
    "html/zh-harbour/sampan.html": "big5",
    "html/ja-minato/piano.html": "cp932",
    "html/ja-minato/kaisou.html": "euc_jp",
    "html/ko-naru/mokyoktang-chaekbang.html": "euc_kr",
    "html/de-muehlbach/fluss-heizt-muehlbach.html": "cp1252",
}
ARTICLES = {key: expected for key, expected in EXPECTED.items() if "title" in expected}
REFUSED = {key: expected["reason"] for key, expected in EXPECTED.items() if "reason" in expected}


def jsonl(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def text_of(key: str) -> str:
    """The page as a browser would show it, hidden parts included; blanks folded. Of a disguised one its clean source, with narrow marks."""
    table = {row["url"]: str(row.get("html") or row.get("text")) for row in jsonl(SAMPLES / "table.jsonl")}
    crawl = {response.url: response.payload.decode() for response in RECORDS if b"<html" in response.payload}
    source = {**table, **crawl}.get(key) or (clean_source(key) or "").translate(HALVED) or None
    if source is None:
        body = (SAMPLES / key).read_bytes()
        body = gzip.decompress(body) if key.endswith(".gz") else body
        source = body.decode(TRUE_CHARSETS.get(key, "utf-8"))
    shown = html.fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8")).text_content()
    return " ".join(shown.split())


@pytest.mark.parametrize("key", ARTICLES)
def test_an_article_carries_what_is_expected_of_it(key: str) -> None:
    expected, text = ARTICLES[key], text_of(key)
    wanted = [expected["title"], expected["first_words"], expected["last_words"], *expected["authors"]]
    wanted += [*expected["must_not"], *expected["captions"], *(name for names in expected["credits"].values() for name in names)]
    wanted += [label for _, label, _ in expected["listings"] if label] + [words for *_, words in expected["turns"]]
    missing = [words for words in wanted if " ".join(words.split()) not in text]
    assert not missing, f"{key} does not show {missing}: mend the page or tests/samples/expected.json"


def test_every_sample_has_an_expectation() -> None:
    files = {path.relative_to(SAMPLES).as_posix() for folder in ("html", "text") for path in (SAMPLES / folder).rglob("*.*")}
    rows = {str(row["url"]) for row in jsonl(SAMPLES / "table.jsonl")}
    captures = {r.url for r in RECORDS if r.media_type.startswith("text/html") and not r.status.startswith("3")}
    assert (files - {"html/pages.jsonl"}) | rows | captures == set(EXPECTED)


def test_the_sidecar_names_files_that_exist() -> None:
    folder = SAMPLES / "html"
    assert [row["file"] for row in jsonl(folder / "pages.jsonl") if not (folder / str(row["file"])).is_file()] == []


def test_the_samples_hold_five_languages_and_every_way_to_fail() -> None:
    assert {"zh", "en", "de", "ja", "ar"} <= {expected["lang"] for expected in ARTICLES.values()}
    kinds = {"front_page", "list_page", "error_page", "empty_shell"}
    assert set(REFUSED.values()) == {f"not_article:{kind}" for kind in kinds} | {"packed_truncated", "not_text", "empty_file"}


def test_the_charsets_are_what_no_other_decoder_reads() -> None:
    for key in TRUE_CHARSETS:
        with pytest.raises(UnicodeDecodeError):
            (SAMPLES / key).read_bytes().decode("utf-8")


def test_the_crawl_is_what_its_script_writes() -> None:
    """Unpacked, since zlib versions may pack differently; after a change run python -m tests.samples.write_warc."""
    assert gzip.decompress(TARGET.read_bytes()) == gzip.decompress(warc_bytes())


@pytest.mark.parametrize("name", WRITTEN)
def test_a_disguised_sample_is_what_its_script_writes(name: str) -> None:
    """After a change run python -m tests.samples.write_cloaked."""
    assert (SAMPLES / WRITTEN[name]).read_text("utf-8") == cloaked(clean_source(WRITTEN[name]) or "")


def test_every_outlet_is_fictional() -> None:
    urls = [str(row["url"]) for row in jsonl(SAMPLES / "html" / "pages.jsonl") + jsonl(SAMPLES / "table.jsonl")]
    urls += [response.url for response in RECORDS]
    assert [url for url in urls if not url.split("/")[2].endswith(".example")] == []
