"""`broadsheet export` as it is typed, stopped, killed, and run on a disk that refuses."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from flows import cli_export
from tests.conftest import PROGRAM, Run
from tests.faults.failing_disk import FailingDisk
from warehouse.export import order

# rows for half a minute, so that it can be stopped on its way
LONG = "SELECT i, md5(i::VARCHAR) AS text FROM range(400_000_000) AS t(i)"
BESIDE = ".out."  # how the hidden folder beside the target begins


def test_the_command_offers_what_can_be_written():
    assert (cli_export.FORMATS, cli_export.PARTS) == (order.FORMATS, order.PARTS)


def test_a_schema_is_written_and_told(broadsheet: Run, samples_home: Path, tmp_path: Path):
    given = ("export", "core.articles", "core.credits", "--to", tmp_path / "out", "--home", samples_home)
    done = broadsheet(*given)
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert [resource["name"] for resource in told["resources"]] == ["core.articles", "core.credits"]
    assert told["snapshot"]["snapshot_id"] in done.stdout
    again = broadsheet(*given)
    assert (again.returncode, "--replace" in again.stderr) == (2, True)
    replaced = broadsheet(*given, "--replace", "--format", "csv", "--licence", "CC-BY-4.0", "--json")
    assert [one["file_count"] for one in json.loads(replaced.stdout)["resources"]] == [1, 1]
    assert json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))["licenses"] == [{"name": "CC-BY-4.0"}]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["core.articles.csv", "core.credits.csv", "datapackage.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "out"], "one of the two"),
        (["core.articles", "--sql", "FROM core.articles", "--to", "out"], "one of the two"),
        (["--sql", "FROM core.articles", "--host", "a.example", "--to", "out"], "WHERE"),
        (["core.articles", "--gz", "--to", "out"], "Zstandard"),
        (["core.articles", "--raw", "--to", "out"], "exact"),
        (["core.articles", "--since", "yesterday", "--to", "out"], "yesterday"),
        (["core.article", "--to", "out"], "core.articles"),
        (["--sql", "FROM core.article", "--to", "out"], "DuckDB says"),
        (["core.articles", "--to", "https://a.example/out"], "URL"),
    ],
)
def test_what_cannot_be_meant_is_refused(broadsheet: Run, samples_home: Path, tmp_path: Path, arguments: list[str], said: str):
    done = broadsheet("export", *arguments, "--home", samples_home, cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr, list(tmp_path.iterdir())) == (2, False, []), done.stderr
    assert said in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_export_leaves_no_half_one(
    broadsheet: Run, command_environment: dict[str, str], samples_home: Path, tmp_path: Path, number: signal.Signals
):
    command = [PROGRAM, "export", "--sql", LONG, "--to", tmp_path / "out", "--format", "csv", "--home", samples_home]
    running = subprocess.Popen(command, env=command_environment, stderr=subprocess.PIPE, text=True)
    while not [path for path in tmp_path.glob(f"{BESIDE}*/package/*") if path.stat().st_size]:
        assert running.poll() is None
        time.sleep(0.05)
    running.send_signal(number)
    said = running.communicate(timeout=60)[1]
    assert (running.returncode, "Traceback" in said) == (-9 if number == signal.SIGKILL else 130, False), said
    assert not (tmp_path / "out").exists()
    assert len(list(tmp_path.iterdir())) == (number == signal.SIGKILL)
    done = broadsheet("export", "core.credits", "--to", tmp_path / "out", "--home", samples_home)
    assert (done.returncode, [path.name for path in tmp_path.iterdir()]) == (0, ["out"]), "what the killed one left is still there"


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_a_disk_that_refuses_is_exit_code_16_and_the_earlier_export_stays(broadsheet: Run, samples_home: Path, tmp_path: Path, form: str):
    given = ("export", "core", "--to", tmp_path / "out", "--home", samples_home, "--format", form)
    disk, full = FailingDisk.built(tmp_path), "write,fsync,create,rename"  # a full disk lets files go
    assert broadsheet(*given).returncode == 0
    assert broadsheet(*given, "--replace", env=disk.failing_at(0, tmp_path, calls=full)).returncode == 0
    before, calls = (tmp_path / "out" / "datapackage.json").read_bytes(), disk.count()
    for number in (1, calls // 2, calls - 1):  # the last call flushes the name of one that is whole
        done = broadsheet(*given, "--replace", env=disk.failing_at(number, tmp_path, times=0, calls=full))
        assert disk.failures(), number
        assert (done.returncode, "Traceback" in done.stderr) == (16, False), (number, disk.failures(), done.stderr)
        assert (tmp_path / "out" / "datapackage.json").read_bytes() == before
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(BESIDE)] == []


def test_where_no_folder_can_be_made_is_exit_code_16(broadsheet: Run, samples_home: Path, tmp_path: Path):
    (tmp_path / "file").touch()
    done = broadsheet("export", "core", "--to", tmp_path / "file" / "below" / "out", "--home", samples_home)
    assert (done.returncode, "give another --to" in done.stderr) == (16, True), done.stderr
