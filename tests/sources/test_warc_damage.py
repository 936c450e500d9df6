"""Damage costs the records it covers: those before and after it load, and the stretch is one reject."""

import gzip
from pathlib import Path

import pytest

from tests.sources.archives import members, numbered
from tests.sources.reading import see, written
from tests.sources.test_warc import urls

RECORDS = numbered(6)


def starts(records: list[bytes]) -> list[int]:
    return [sum(map(len, records[:place])) for place in range(len(records) + 1)]


@pytest.mark.parametrize("at", [2, 12, 40, -5])
def test_a_corrupt_member_in_the_middle_is_one_reject(at: int, tmp_path: Path) -> None:
    packed = [gzip.compress(record) for record in RECORDS]
    broken = bytearray(packed[3])
    broken[at : at + 4 if at > 0 else None] = b"\xff" * len(broken[at : at + 4 if at > 0 else None])
    seen = see(written(tmp_path / "a.warc.gz", b"".join([*packed[:3], bytes(broken), *packed[4:]])))
    assert (seen.urls, seen.reasons) == (urls(0, 1, 2, 4, 5), ["warc_corrupt"])


def test_garbage_between_members_is_one_reject(tmp_path: Path) -> None:
    packed = [gzip.compress(record) for record in RECORDS]
    seen = see(written(tmp_path / "a.warc.gz", b"".join([*packed[:3], b"garbage" * 30_000, *packed[3:]])))
    assert (seen.urls, seen.reasons) == (urls(*range(6)), ["warc_corrupt"])


def test_the_first_member_may_be_the_corrupt_one(tmp_path: Path) -> None:
    packed = [gzip.compress(record) for record in RECORDS]
    seen = see(written(tmp_path / "a.warc.gz", b"".join([packed[0][:30] + b"\xff" * 9 + packed[0][39:], *packed[1:]])))
    assert (seen.urls, seen.reasons) == (urls(1, 2, 3, 4, 5), ["warc_corrupt"])


def test_a_corrupt_header_in_a_plain_file_is_one_reject(tmp_path: Path) -> None:
    broken = [*RECORDS[:3], b"XXXX" + RECORDS[3][4:], *RECORDS[4:]]
    seen = see(written(tmp_path / "a.warc", b"".join(broken)))
    assert (seen.urls, seen.reasons) == (urls(0, 1, 2, 4, 5), ["warc_corrupt"])


def test_damage_inside_a_whole_file_gzip_costs_the_rest_and_says_so(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b"".join(numbered(400)), 0))
    packed[len(packed) // 2 :] = b"\xff" * (len(packed) - len(packed) // 2)
    seen = see(written(tmp_path / "a.warc.gz", bytes(packed)))
    assert seen.urls == urls(*range(len(seen.urls))) and len(seen.urls) > 200
    assert seen.reasons == ["warc_corrupt"] and "no record behind it" in seen.details[0]


@pytest.mark.parametrize("name", ["plain.warc", "members.warc.gz"])
def test_wherever_a_file_is_cut_the_pages_before_load_and_the_cut_is_one_reject(name: str, tmp_path: Path) -> None:
    parts = RECORDS if name == "plain.warc" else [gzip.compress(record) for record in RECORDS]
    begins = starts(parts)
    for cut in range(begins[3], begins[4] + 1):
        seen = see(written(tmp_path / f"{cut}-{name}", b"".join(parts)[:cut]))
        whole = name == "plain.warc" and cut >= begins[4] - 4  # only the two line ends behind the page are missing
        pages, reasons = (4, []) if whole or cut == begins[4] else (3, ["warc_truncated"])
        expected = (urls(*range(pages)), [] if cut == begins[3] else reasons)
        assert (cut, seen.urls, seen.reasons) == (cut, *expected)


def test_a_whole_file_gzip_that_is_cut_gives_the_pages_before(tmp_path: Path) -> None:
    packed = gzip.compress(b"".join(numbered(400)))
    seen = see(written(tmp_path / "a.warc.gz", packed[: len(packed) // 2]))
    assert seen.reasons == ["warc_truncated"]
    assert seen.urls == urls(*range(len(seen.urls))) and len(seen.urls) > 100


def test_padding_at_the_end_is_no_damage(tmp_path: Path) -> None:
    assert see(written(tmp_path / "a.warc", b"".join(RECORDS) + b"\r\n\r\n\0\0\0\0")).reasons == []
    assert see(written(tmp_path / "a.warc.gz", members(RECORDS) + b"\0" * 512)).reasons == []


@pytest.mark.parametrize(("content", "reason"), [
    (b"", "empty_file"), (b"no archive at all\n" * 99, "warc_corrupt"), (b"WARC/1.1\r\nWARC-T", "warc_truncated"),
])  # fmt: skip
def test_an_archive_without_any_record_is_one_reject(content: bytes, reason: str, tmp_path: Path) -> None:
    seen = see(written(tmp_path / "a.warc", content))
    assert (seen.pages, seen.reasons) == ([], [reason])


def test_members_of_several_records_behind_single_ones_are_rejects_with_advice(tmp_path: Path) -> None:
    mixed = [gzip.compress(record) for record in RECORDS[:3]] + [gzip.compress(b"".join(RECORDS[3:]))]
    seen = see(written(tmp_path / "a.warc.gz", b"".join(mixed)))
    assert seen.urls[:4] == urls(0, 1, 2, 3)
    assert set(seen.reasons) == {"warc_mixed_members"} and "recompress" in seen.details[0]
