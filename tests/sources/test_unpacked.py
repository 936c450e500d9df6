"""Files as what they unpack to, told by their first bytes."""

import gzip
import struct
from pathlib import Path

import pytest
import zstandard

from tasks.sources.unpacked import open_unpacked
from tests.sources.archives import PAGE
from tests.sources.reading import see, written

LINES = [f"line {number} of a file\n".encode() * 3 for number in range(400)]
ALL = b"".join(LINES)


def zst(data: bytes, dictionary: zstandard.ZstdCompressionDict | None = None) -> bytes:
    return zstandard.ZstdCompressor(dict_data=dictionary).compress(data)


def skippable(data: bytes, magic: int = 0x184D2A50) -> bytes:
    return struct.pack("<II", magic, len(data)) + data


def with_dictionary(data: list[bytes], *, is_packed: bool) -> bytes:
    """As a .warc.zst has it: the dictionary in the first frame, packed or not."""
    dictionary = zstandard.train_dictionary(2000, LINES)
    raw = dictionary.as_bytes()
    return skippable(zst(raw) if is_packed else raw, 0x184D2A5D) + b"".join(zst(piece, dictionary) for piece in data)


PACKINGS = {
    "plain": ALL,
    "gzip": gzip.compress(ALL),
    "gzip members": b"".join(gzip.compress(line) for line in LINES),
    "zstd": zst(ALL),
    "zstd frames": b"".join(zst(line) for line in LINES),
    "zstd skippable": skippable(b"told") + zst(LINES[0]) + skippable(b"") + zst(b"".join(LINES[1:])) + skippable(b"end"),
    "zstd dictionary": with_dictionary(LINES, is_packed=False),
    "zstd packed dictionary": with_dictionary(LINES, is_packed=True),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_every_packing_gives_the_same_bytes_in_any_order(packing: str, tmp_path: Path) -> None:
    path = str(written(tmp_path / "no-telling-name", PACKINGS[packing]))
    with open_unpacked(path) as file:
        assert file.read() == ALL
        assert (file.seek(100), file.read(50), file.tell()) == (100, ALL[100:150], 150)
        assert (file.seek(9000), file.readline()) == (9000, ALL[9000:].splitlines(keepends=True)[0])
        assert (file.seek(3), file.read(4)) == (3, ALL[3:7])


@pytest.mark.parametrize("packing", [name for name in PACKINGS if name not in ("plain", "gzip members")])
def test_a_file_that_is_cut_off_says_so(packing: str, tmp_path: Path) -> None:
    cut = 15 if packing == "zstd skippable" else 3
    path = str(written(tmp_path / "a", PACKINGS[packing][:-cut]))
    with open_unpacked(path) as file, pytest.raises(EOFError, match=r"ended|ends"):
        file.read()


@pytest.mark.parametrize("name", ["page.html.zst", "page.html", "nameless", "text.txt.zst"])
def test_a_page_packed_with_zstandard_is_a_page(name: str, tmp_path: Path) -> None:
    written(tmp_path / name, zst(PAGE))
    seen = see(tmp_path / name)
    assert (seen.reasons, [page.body for page in seen.pages]) == ([], [PAGE])


def test_zstandard_that_is_damaged_or_a_bomb_is_a_reject(tmp_path: Path) -> None:
    written(tmp_path / "bomb.html.zst", zst(b"<p>" + b"A" * 5_000_000))
    written(tmp_path / "cut.html.zst", zst(PAGE)[:-9])
    written(tmp_path / "odd.html.zst", zst(PAGE)[:8] + b"\xff" * 60)
    assert see(tmp_path, max_bytes=100_000).reasons == ["packed_bomb", "packed_truncated", "packed_corrupt"]
