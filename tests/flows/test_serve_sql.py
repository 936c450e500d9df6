"""`broadsheet serve-sql`: another process reads over the network, and can do nothing else."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROGRAM, ROOT, Run
from warehouse.ask import ask
from warehouse.connection import open_loader
from warehouse.snapshot import publish_snapshot

READER = ROOT / "tests" / "flows" / "remote_reader.py"
SECRET = "the combination of the safe is 4711"
REFUSED = (
    "INSERT INTO ops.snapshot FROM ops.snapshot", "DELETE FROM core.articles", "CREATE TABLE mine AS SELECT 1", "CHECKPOINT", "SELEC 1", "",
    "CREATE TEMP TABLE mine AS SELECT 1", "CREATE OR REPLACE TEMP MACRO broadsheet_allows(a, b) AS true", "DETACH warehouse", "USE memory",
    "CREATE SECRET (TYPE quack, TOKEN 'x')", "COPY (SELECT 1) TO '{folder}/out.csv'", "EXPORT DATABASE '{folder}/out'", "LOAD httpfs",
    "ATTACH ':memory:' AS m", "ATTACH '{folder}/other.db'", "FROM read_text('{file}')", "FROM '{file}'", "FROM glob('{folder}/*')",
    "FROM query('FROM ''{file}''')", "SELECT (FROM read_text('{file}') SELECT content)", "FROM sniff_csv('{file}')", "INSTALL json",
    "FROM parquet_metadata('{file}')", "FROM 'http://127.0.0.1:9/x.parquet'", "SET enable_external_access = true",
    "RESET lock_configuration",
    "SET GLOBAL quack_authorization_function = 'quack_nop_authorization'", "PRAGMA enable_profiling", "CALL enable_logging()",
    "FROM enable_logging()", "PREPARE p AS SELECT 1", "SELECT 1; SELECT 2", "SELECT getenv('PATH')", "SELECT write_log('x')",
    "CALL quack_stop('{at}')", "FROM quack_stop('{at}')", "FROM quack_active_connections()", "FROM duckdb_secrets()",
    "FROM Quack_Serve('quack:0.0.0.0:9999', token = 'abcdefghijklmnop', allow_other_hostname = true)",
    "WITH t AS (FROM quack_query('quack:127.0.0.1:9', 'SELECT 1', token = 'x')) FROM t", "SELECT 1 WHERE quack_check_token('a', 'b', 'c')",
)  # fmt: skip
LONG = "SELECT count(*) FROM range(3_000_000_000) AS t(i) WHERE hash(i) = 7"


@dataclass(frozen=True, slots=True)
class Served:
    """A running `broadsheet serve-sql`."""

    home: Path
    port: int
    token: str
    process: subprocess.Popen[str]

    def ask(self, *statements: str, token: str | None = None) -> list[Any]:
        """What a process of its own gets: rows, or the text of the error."""
        done = subprocess.run(self.command(*statements, token=token), capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return [told.get("rows", told.get("error")) for told in map(json.loads, done.stdout.splitlines())]

    def command(self, *statements: str, token: str | None = None) -> list[str]:
        return [sys.executable, str(READER), str(self.port), token or self.token, *statements]


def started(environment: dict[str, str], home: Path, *more: object) -> Served:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [PROGRAM, "serve-sql", "--home", home, "--port", port, *more]
    process = subprocess.Popen([*map(str, command)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = ""
    while "ask " not in said:
        assert process.stdout is not None and process.poll() is None, said
        said += process.stdout.readline()
    found = re.search(r"^token +(\w+)$", said, re.MULTILINE)
    return Served(home, port, found[1] if found else "", process)


@pytest.fixture(scope="module")
def served(command_environment: dict[str, str], samples_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = Path(shutil.copytree(samples_home, tmp_path_factory.mktemp("served") / "home", symlinks=True))
    server = started(command_environment, home)
    yield server
    if server.process.poll() is None:
        server.process.kill()
    server.process.wait(30)
    assert server.process.stdout is not None
    server.process.stdout.close()


def test_another_process_reads_with_the_token_and_with_no_other(served: Served):
    count = ask(served.home, "SELECT count(*) FROM core.articles").rows[0][0]
    answers = served.ask(
        "SELECT count(*) FROM core.articles", "FROM core.articles_as_of(now()) SELECT count(*)", "FROM ops.snapshot SELECT snapshot_id",
        "WITH t AS (FROM range(3)) SELECT sum(range) FROM t", "DESCRIBE core.articles", "SELECT 'select' || '; drop table x'",
        f"local:ATTACH 'quack:127.0.0.1:{served.port}' AS remote", "local:BEGIN",
        "local:FROM quack_query_by_name('remote', 'SELECT count(*) FROM mart.damage_by_host')", "local:COMMIT",
    )  # fmt: skip
    assert answers[:2] == [[[count]], [[count]]]
    assert answers[2] == [[(served.home / "warehouse.duckdb").resolve().stem]]
    assert not [answer for answer in answers if isinstance(answer, str)], answers
    (refused,) = served.ask("SELECT 1", token="0" * 48)
    assert "Authentication failed" in refused


def test_it_listens_on_loopback_alone_and_hides_its_token(served: Served):
    with socket.socket() as elsewhere, pytest.raises(OSError):
        elsewhere.settimeout(5)
        elsewhere.connect((socket.gethostbyname(socket.gethostname()).replace("127.0.0.1", "127.0.0.2"), served.port))
    assert served.token not in Path(f"/proc/{served.process.pid}/cmdline").read_text("utf-8")


def test_a_reader_changes_nothing_and_reaches_nothing_of_the_server(served: Served, tmp_path: Path):
    (secret := tmp_path / "secret.csv").write_text(SECRET)
    refused = [statement.format(file=secret, folder=tmp_path, at=f"quack:127.0.0.1:{served.port}") for statement in REFUSED]
    answers = served.ask(*refused)
    assert [pair for pair in zip(refused, answers, strict=True) if not isinstance(pair[1], str)] == []
    assert SECRET not in json.dumps(answers)
    inserted = served.ask(
        f"local:ATTACH 'quack:127.0.0.1:{served.port}' AS remote", "local:CREATE TABLE remote.main.mine (a INTEGER)",
        "local:INSERT INTO remote.ops.migrations VALUES (99, 'x', 'x', now())", "local:DROP TABLE remote.ops.migrations",
    )  # fmt: skip
    assert not [answer for answer in inserted[1:] if not isinstance(answer, str)], inserted
    assert (served.ask("SELECT count(*) > 10 FROM core.articles"), list(tmp_path.iterdir())) == ([[[True]]], [secret])
    assert served.process.poll() is None


def test_a_reader_that_is_killed_harms_nobody_and_a_newer_state_is_served(served: Served):
    killed = subprocess.Popen(served.command(LONG), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(2)
    killed.kill()
    killed.wait(30)
    assert served.ask("SELECT 1") == [[[1]]]
    with open_loader(served.home) as con:
        newer = publish_snapshot(con, served.home, anew=True).stem
    deadline = time.monotonic() + 120
    while (now := served.ask("FROM ops.snapshot SELECT snapshot_id")) != [[[newer]]]:
        assert time.monotonic() < deadline, now


def test_a_query_that_takes_too_long_or_too_much_is_ended_and_others_are_answered(served: Served, command_environment: dict[str, str]):
    limited = started(command_environment, served.home, "--seconds", 15, "--memory", "100MB")
    try:
        (refused,) = limited.ask("SELECT list(i) FROM range(30_000_000) AS t(i)")
        assert "memory" in refused.lower() or "failed to allocate" in refused
        (broken,) = limited.ask(LONG.replace("3_000_000_000", "300_000_000_000"))
        assert isinstance(broken, str), broken
        deadline = time.monotonic() + 120
        while (again := limited.ask("SELECT 1")) != [[[1]]]:  # it begins anew
            assert limited.process.poll() is None and time.monotonic() < deadline, again
    finally:
        limited.process.terminate()
        said = limited.process.communicate(timeout=60)[0]
    assert "longer than 15 s" in said and "300_000_000_000" in said and limited.process.returncode == 0


def test_a_second_start_says_what_holds_the_port_and_ctrl_c_ends_it(broadsheet_without_server: Run, served: Served):
    second = broadsheet_without_server("serve-sql", "--home", served.home, "--port", served.port)
    assert (second.returncode, f"process {served.process.pid}" in second.stderr, "serve-sql" in second.stderr) == (2, True, True), (
        second.stderr
    )
    served.process.send_signal(signal.SIGINT)
    assert served.process.stdout is not None
    said = served.process.stdout.read()
    served.process.wait(60)
    assert (served.process.returncode, said.splitlines()[-1], "Traceback" in said) == (0, "ended", False), said
    (refused,) = served.ask("SELECT 1")
    assert "connect" in refused


def test_the_token_comes_from_the_environment_or_from_a_file_of_ones_own(
    command_environment: dict[str, str], broadsheet_without_server: Run, samples_home: Path, tmp_path: Path
):
    (file := tmp_path / "token").write_text("a" * 40 + "\n")
    open_file = broadsheet_without_server("serve-sql", "--home", samples_home, "--token-file", file)
    assert (open_file.returncode, "chmod 600" in open_file.stderr) == (2, True)
    short = broadsheet_without_server("serve-sql", "--home", samples_home, env={"BROADSHEET_SQL_TOKEN": "short"})
    assert (short.returncode, "16 printable" in short.stderr, "short" in short.stderr.replace("16 printable", "")) == (2, True, False)
    file.chmod(0o600)
    for more, environment in ((("--token-file", file), {}), ((), {"BROADSHEET_SQL_TOKEN": "a" * 40})):
        server = started(command_environment | environment, samples_home, *more)
        try:
            assert (server.token, server.ask("SELECT 1", token="a" * 40)) == ("", [[[1]]])
        finally:
            server.process.terminate()
            server.process.communicate(timeout=30)
