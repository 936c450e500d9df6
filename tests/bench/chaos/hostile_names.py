"""Hostile files by their names and kinds: what a folder can hold that is no plain file with a plain name."""

import os
import random
import socket
from dataclasses import dataclass
from pathlib import Path

from tests.bench.chaos.stories import story

NAMES = (
    b"\xff.html", b"caf\xe9.html", b"\x1b[31mred.html", b"\x1b]0;title\x07.html", b"line\nbreak.html", b"car\rriage.html",
    b"quote'\".html", b"back\\slash.html", b"per%cent%20.html", b"semi;colon.html", b"-rf.html", b"=1+1.html", b" blank .html",
    b"\xe2\x80\xae lmth.html", b"x" * 250 + b".html", "ｆｕｌｌ.html".encode(), b"#hash?.html", b"nul\\0.html", b"a\xed\xa0\xbd.html",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """`records` of input that a recipe has put into its folder; at least so many where it is not `is_exact`."""

    records: int
    is_exact: bool = True


def odd_name(folder: Path, dice: random.Random) -> Made:
    _page(folder, dice.choice(NAMES), dice)
    return Made(1)


def odd_folder(folder: Path, dice: random.Random) -> Made:
    name = dice.choice(NAMES)[:200]
    os.mkdir(os.path.join(os.fsencode(folder), name))  # noqa: PTH102, PTH118 - names of bytes
    _page(folder, name + b"/page.html", dice)
    return Made(1)


def pipe(folder: Path, dice: random.Random) -> Made:
    os.mkfifo(folder / dice.choice(("page.html", "rows.parquet", "crawl.warc.gz", "text.txt", "rows.ndjson", "plain")))
    return Made(1)


def sidecar_that_is_a_pipe(folder: Path, dice: random.Random) -> Made:
    """The worst place for one: it is looked for by name, before any page is read."""
    os.mkfifo(folder / "pages.jsonl")
    _page(folder, b"page.html", dice)
    return Made(2)


def sidecar_that_is_a_device(folder: Path, dice: random.Random) -> Made:
    (folder / "pages.jsonl").symlink_to("/dev/zero")
    _page(folder, b"page.html", dice)
    return Made(2)


def unix_socket(folder: Path, _dice: random.Random) -> Made:
    here = Path.cwd()
    os.chdir(folder)  # an address has 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("page.html")
    finally:
        os.chdir(here)
    return Made(1)


def device(folder: Path, dice: random.Random) -> Made:
    (folder / dice.choice(("page.html", "rows.jsonl", "crawl.warc"))).symlink_to(dice.choice(("/dev/zero", "/dev/null", "/dev/random")))
    return Made(1)


def dangling_link(folder: Path, dice: random.Random) -> Made:
    (folder / dice.choice(("page.html", "rows.jsonl", "crawl.warc.gz", "picture.png"))).symlink_to("nowhere.html")
    return Made(1)


def circular_link(folder: Path, _dice: random.Random) -> Made:
    (folder / "a.html").symlink_to("b.html")
    (folder / "b.html").symlink_to("a.html")
    return Made(2)


def link_to_itself(folder: Path, dice: random.Random) -> Made:
    (folder / "here").symlink_to(".")
    _page(folder, b"page.html", dice)
    return Made(2)


def link_outside(folder: Path, dice: random.Random) -> Made:
    (folder / "page.txt").symlink_to(dice.choice(("/etc/hostname", "/etc/passwd", "/proc/self/mem")))
    return Made(1)


def deep_folders(folder: Path, dice: random.Random) -> Made:
    deep = folder.joinpath(*("d" * 8 for _ in range(dice.choice((20, 120, 300)))))
    deep.mkdir(parents=True)
    _page(deep, b"page.html", dice)
    return Made(1)


def forbidden(folder: Path, dice: random.Random) -> Made:
    """Nobody may read it, but root."""
    _page(folder, b"page.html", dice)
    (folder / "page.html").chmod(0)
    return Made(1)


def hidden(folder: Path, dice: random.Random) -> Made:
    """Passed over as a folder, or read: told in any case."""
    (folder / ".cache").mkdir()
    _page(folder / ".cache", b"page.html", dice)
    return Made(1)


def _page(folder: Path, name: bytes, dice: random.Random) -> None:
    """A page that could be loaded, under a name of bytes."""
    with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123 - names of bytes
        file.write(story(dice.randrange(10**9)).encode())


BY_NAME = (
    odd_name, odd_folder, pipe, sidecar_that_is_a_pipe, sidecar_that_is_a_device, unix_socket, device, dangling_link, circular_link,
    link_to_itself, link_outside, deep_folders, forbidden, hidden,
)  # fmt: skip
