"""Mutated pages in every kind of container; how many records each container holds is known, and of what each was made."""

import json
import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.chaos.corpus import SEEN_AT
from tests.bench.chaos.mutations import mutated
from tests.bench.chaos.stories import warc_gz, warc_record

CONTAINER_RECORDS = 100  # of a WARC or a table
PLACEHOLDERS = (
    "http://[domain]/{n}",
    "http://[::1/{n}",
    "http://a\u2100b/{n}",
    "javascript:{n}//http://",
    "{n}",
    "http:///{n}",
    "file:///etc/{n}",
)


@dataclass(slots=True)
class Corpus:
    """What was written: paths to ingest, records in all, and recipes in the order of each file's records."""

    paths: list[Path]
    records: int = 0
    recipes: dict[str, list[str]] = field(default_factory=dict)  # by source_uri, as the warehouse tells it


def write_mutants(folder: Path, seeds: list[bytes], count: int, seed: int) -> Corpus:
    """Half of `count` as HTML files with a sidecar, a quarter each in WARCs and in tables of lines."""
    dice = random.Random(seed)
    corpus = Corpus([folder])
    pages = [mutated(seeds, dice) for _ in range(count)]
    half = count // 2
    _write_folder(folder / "html", pages[:half], dice, corpus)
    for start in range(half, count, CONTAINER_RECORDS):
        chunk = pages[start : start + CONTAINER_RECORDS]
        write = _write_warc if (start // CONTAINER_RECORDS) % 2 else _write_table
        write(folder, f"{start:06d}", chunk, dice, corpus)
    corpus.records = count
    return corpus


def _address(number: object, dice: random.Random) -> str:
    return dice.choice(PLACEHOLDERS).format(n=number) if dice.random() < 0.05 else f"https://mutant.example/{number}"


def _write_folder(folder: Path, pages: list[tuple[str, bytes]], dice: random.Random, corpus: Corpus) -> None:
    folder.mkdir(parents=True)
    with (folder / "pages.jsonl").open("w") as sidecar:
        for number, (recipe, page) in enumerate(pages):
            name = f"{number:06d}.html"
            (folder / name).write_bytes(page)
            sidecar.write(json.dumps({"file": name, "url": _address(number, dice), "observed_at": SEEN_AT}) + "\n")
            corpus.recipes[f"html/{name}"] = [recipe]


def _write_warc(folder: Path, name: str, pages: list[tuple[str, bytes]], dice: random.Random, corpus: Corpus) -> None:
    records = [warc_record(_address(f"{name}/{number}", dice), page) for number, (_, page) in enumerate(pages)]
    (folder / f"{name}.warc.gz").write_bytes(warc_gz(records))
    corpus.recipes[f"{name}.warc.gz"] = [recipe for recipe, _ in pages]


def _write_table(folder: Path, name: str, pages: list[tuple[str, bytes]], dice: random.Random, corpus: Corpus) -> None:
    """Bytes that are no UTF-8 become half characters, as careless writers make them."""
    rows = (
        {"url": _address(f"{name}/{number}", dice), "html": page.decode("utf-8", "surrogateescape"), "fetched_at": SEEN_AT}
        for number, (_, page) in enumerate(pages)
    )
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    corpus.recipes[f"{name}.jsonl"] = [recipe for recipe, _ in pages]
