"""Records in = loaded + known + rejected + passed over, by reason: over every input of the test suite, through the real command."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.bench.chaos.accounts import NOTHING_LOADED, unbalanced
from tests.bench.chaos.corpus import write_corpus
from tests.bench.chaos.hostile_corpus import RECIPES, write_hostile
from tests.bench.chaos.mutant_corpus import write_mutants
from tests.bench.chaos.mutations import seeds_of
from tests.conftest import ROOT, Run
from tests.flows.bad_inputs import write_all
from tests.flows.test_sources_mixed import write_sources
from tests.sources.archives import members, numbered
from tests.sources.test_accounts import FILES, PACKED, RECORDS, ROWS

Input = tuple[list[Path], int]  # paths to ingest, and the records in them


def samples(folder: Path) -> Input:
    """A copy of the shipped ones; WARC records and lines are counted by their bytes."""
    shutil.copytree(ROOT / "samples", folder)
    sidecars = set(folder.rglob("pages.jsonl"))
    tables = [path for path in folder.rglob("*.jsonl") if path not in sidecars]
    archives = list(folder.rglob("*.warc.gz"))
    plain = [path for path in folder.rglob("*") if path.is_file() and path not in {*sidecars, *tables, *archives}]
    rows = sum(len([line for line in path.read_text().splitlines() if line.strip()]) for path in tables)
    return [folder], len(plain) + rows + sum(unpacked(path).count(b"WARC/1.1\r\nWARC-Type") for path in archives)


def bad_inputs(folder: Path) -> Input:
    """Eleven pages, three rows, two records beside a spoilt one, and one beside a cut one."""
    write_all(folder)
    return [folder], 11 + 3 + 3 + 2


def every_source(folder: Path) -> Input:
    """A page of each kind, two in one archive, and a file that nobody knows."""
    folder.mkdir()
    return write_sources(folder), 12


def records_of_sources(folder: Path) -> Input:
    """What the tests of sources are made of."""
    folder.mkdir()
    for name, packed in PACKED.items():
        (folder / name).write_bytes(packed(list(RECORDS.values())))
    (folder / "numbered.warc.gz").write_bytes(members(numbered(9)))
    (folder / "rows.jsonl").write_text("\n".join(ROWS))
    pl.DataFrame({"html": ["<p>row</p>", None, ""]}).write_parquet(folder / "rows.parquet")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return [folder], len(PACKED) * len(RECORDS) + 9 + len(ROWS) + 3 + len(FILES)


def disturbed_corpus(folder: Path) -> Input:
    """30 good pages; four bad files, a line about none, a record that is cut, two bad rows."""
    return write_corpus(folder, 30), 30 + 8


def hostile_files(folder: Path) -> Input:
    counted, _ = write_hostile(folder, 2 * len(RECIPES), seed=1)
    return counted.paths, counted.records


def mutated_pages(folder: Path) -> Input:
    return write_mutants(folder, seeds_of(), 80, seed=1).paths, 80


INPUTS: tuple[Callable[[Path], Input], ...] = (
    samples, bad_inputs, every_source, records_of_sources, disturbed_corpus, hostile_files, mutated_pages,
)  # fmt: skip


@pytest.mark.parametrize("write", INPUTS, ids=lambda write: write.__name__)
def test_every_record_is_loaded_known_rejected_or_passed_over(broadsheet: Run, home: Path, tmp_path: Path, write: Callable[[Path], Input]):
    paths, records = write(tmp_path / "in")
    first = summary_of(broadsheet, paths, home)
    assert unbalanced(first, records) == []
    second = summary_of(broadsheet, paths, home)
    assert unbalanced(second) == []
    assert second["loaded"] == 0


def summary_of(broadsheet: Run, paths: list[Path], home: Path) -> dict[str, Any]:
    done = broadsheet("ingest", *paths, "--home", home, "--json")
    assert done.returncode in (0, NOTHING_LOADED), done.stderr
    return dict(json.loads(done.stdout))


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())
