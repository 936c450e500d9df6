"""The commands that are printed work as they are typed, and what was typed wrongly is answered with what is right."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from warehouse.connection import open_loader
from warehouse.migrate import migrations
from warehouse.version import VERSION

SCRIPTS = Path(sys.executable).parent


@pytest.fixture
def spaced_home(samples_home: Path, tmp_path: Path) -> Path:
    """A loaded home in a folder that a shell would take apart."""
    return Path(shutil.copytree(samples_home, tmp_path / "news & more" / "my home"))


def printed(home: Path, environment: dict[str, str], *program: str, folder: Path = ROOT) -> list[str]:
    """The commands that explain gives of a page that is not there, as it was called."""
    done = subprocess.run(
        [*program, "explain", "https://nowhere.example/", "--home", str(home)],
        env=environment, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    return re.findall(r"`(.+ sql .+)`", done.stderr)


@pytest.mark.parametrize(("program", "on_path", "typed"), [
    (("broadsheet",), True, "broadsheet"),
    ((str(SCRIPTS / "broadsheet"),), False, str(SCRIPTS / "broadsheet")),
    ((sys.executable, "-m", "flows.cli"), False, f"{sys.executable} -m flows.cli"),
], ids=["by name", "by path", "as a module"])  # fmt: skip
def test_a_printed_command_runs_as_it_stands(
    command_environment: dict[str, str], spaced_home: Path, program: tuple[str, ...], on_path: bool, typed: str
):
    kept = {name: value for name, value in command_environment.items() if not name.startswith("UV")}
    others = os.pathsep.join(each for each in os.environ["PATH"].split(os.pathsep) if Path(each) != SCRIPTS)
    environment = kept | {"PATH": f"{SCRIPTS}{os.pathsep}{others}" if on_path else others}
    called = (shutil.which(program[0], path=environment["PATH"]) or program[0], *program[1:])
    (command,) = printed(spaced_home, environment, *called)
    assert command.startswith(f"{typed} sql ")
    assert shlex.split(command)[-1] == str(spaced_home)
    again = subprocess.run(command, shell=True, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (again.returncode, "page_id" in again.stdout) == (0, True), again.stderr


def test_under_uv_run_a_printed_command_begins_with_it_where_that_works(
    command_environment: dict[str, str], samples_home: Path, tmp_path: Path
):
    uv = shutil.which("uv") or pytest.skip("uv is not installed")
    run = (uv, "run", "--offline", "--no-sync", "--project", str(ROOT), "broadsheet")
    assert [each.split(" sql ")[0] for each in printed(samples_home, command_environment, *run)] == ["uv run broadsheet"]
    elsewhere = printed(samples_home, command_environment, *run, folder=tmp_path)  # uv would look for a project there, in vain
    assert [each.split(" sql ")[0] for each in elsewhere] == [str(SCRIPTS / "broadsheet")]


@pytest.mark.parametrize(("arguments", "said"), [
    (["sql", ""], "expected one query that reads the warehouse, got nothing but blanks and comments"),
    (["sql", "/* only a comment */ ;"], "got nothing but blanks and comments"),
    (["sql", "SELECT 1; SELECT 2"], "got 2 statements: ask them one by one"),
    (["sql", "SELECT 1; SELECT 2", "--csv"], "got 2 statements: ask them one by one"),
    (["sql", "SELECT 1", "--json", "--csv"], "expected --json or --csv, got both"),
    (["sql", "SELECT 1", "--raw"], "expected --raw with --csv"),
    (["ingest", "https://news.example/1"], "expected a path on this machine, got the URL 'https://news.example/1'"),
    (["ingest", "s3://bucket/crawl.warc.gz"], "this command fetches nothing"),
    (["ingest", "file:///data/crawl"], "Give the path alone"),
    (["rejects", "--home", "s3://bucket/home"], "got the URL 's3://bucket/home'"),
    (["restore", "https://news.example/1"], "got the URL"),
])  # fmt: skip
def test_what_cannot_be_meant_ends_with_2_and_says_what_can(
    broadsheet_without_server: Run, samples_home: Path, arguments: list[str], said: str
):
    home = [] if "--home" in arguments or arguments[0] == "restore" else ["--home", samples_home]
    done = broadsheet_without_server(*arguments, *home)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_a_query_that_duckdb_makes_several_of_is_one_all_the_same(broadsheet_without_server: Run, samples_home: Path):
    query = "PIVOT (SELECT lang, page_id FROM core.articles) ON lang USING count(page_id); -- as asked"
    done = broadsheet_without_server("sql", query, "--csv", "--home", samples_home)
    assert (done.returncode, "en" in done.stdout.splitlines()[0].split(",")) == (0, True), done.stderr


@pytest.mark.parametrize("command", [["ingest", "samples"], ["sql", "SELECT 1"], ["rejects"]])
@pytest.mark.parametrize(("name", "said"), [
    ("BROADSHEET_WORKRES", "did you mean BROADSHEET_WORKERS?"), ("BROADSHEET_HOEM", "did you mean BROADSHEET_HOME?"),
    ("broadsheet_dog", "got broadsheet_dog"),
])  # fmt: skip
def test_a_variable_that_is_none_of_ours_is_named(
    broadsheet_without_server: Run, samples_home: Path, command: list[str], name: str, said: str
):
    done = broadsheet_without_server(*command, "--home", samples_home, cwd=ROOT, env={name: "4"})
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_home_of_the_same_version_that_has_migrated_further_says_what_to_do(broadsheet_without_server: Run, home: Path):
    with open_loader(home) as con:
        con.execute("INSERT INTO ops.migrations VALUES (9000, '9000_from_tomorrow', now(), ?)", [VERSION])
    done = broadsheet_without_server("ingest", ROOT / "samples", "--home", home)
    assert done.returncode == 14
    assert f"up to {migrations()[-1].name}, the last migration that this code ({VERSION}, in {ROOT}) knows" in done.stderr
    assert "Update this code to a state that has 9000_from_tomorrow.sql: `git pull && uv sync`" in done.stderr
    assert "Install" not in done.stderr
