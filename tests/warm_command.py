"""The command line with its imports done: for tests that ask what a command does, and not how it starts.

A process has loaded what most commands load, and the workers' fork server with it; each command is a fork of it, which runs
`flows.cli.main` to its end as the program does. Loading is two thirds of the CPU that a small load takes, and hundreds of tests run one.
What is asked for in BROADSHEET_* and the working folder come with a command. Tests of start-up, of other environments and of signals start
the program itself.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path
from typing import IO, Any

LOADED = (
    "prefect.flow_engine",
    "prefect.task_engine",
    "fastapi",
    "flows.ingest_pages",
    "flows.commands.ingest",
    "flows.reprocess_pages",
    "flows.relate_articles",
    "tasks.loading.file_loader",
    "warehouse.ask",
    "warehouse.dictionary_rows",
    "warehouse.search.index",
)


class WarmCommand:
    """`run` for the time of a session; commands end with it."""

    def __init__(self, program: str, environment: dict[str, str], folder: Path) -> None:
        self._program = program
        self._ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.warm_command", str(theirs.fileno())]
        self._process = subprocess.Popen(
            command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True
        )
        theirs.close()

    def run(self, *arguments: str, timeout: float, env: Mapping[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
        """As subprocess.run gives it, with `env` added to the environment. Raises TimeoutError."""
        argv = [self._program, *arguments]
        command = {"argv": argv, "env": dict(env), "cwd": str(cwd)}
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            asked, answer = socket.socketpair()
            with answer:
                files = [asked.fileno(), out.fileno(), err.fileno()]
                socket.send_fds(self._ours, [json.dumps(command).encode()], files)
                asked.close()
                answer.settimeout(timeout)
                code = answer.recv(16)
            return subprocess.CompletedProcess(argv, int(code), _text(out), _text(err))

    def close(self) -> None:
        """Nothing more is asked: the process ends by itself."""
        self._ours.close()
        self._process.wait(60)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode().replace("\r\n", "\n")


def serve(asked: socket.socket) -> dict[str, Any]:
    """Returns a command, in the process that is to run it; the others never return."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        command, files, *_ = socket.recv_fds(asked, 2**20, 3)
        if not command:
            os._exit(0)
        if not os.fork():
            break
        for file in files:
            os.close(file)
    asked.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    answer = socket.socket(fileno=files[0])
    if child := os.fork():
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        answer.send(str(code).encode())
        os._exit(0)
    answer.close()
    os.dup2(files[1], 1)
    os.dup2(files[2], 2)
    for file in files[1:]:
        os.close(file)
    return dict(json.loads(command))


def main() -> None:
    from flows import orchestration
    from tasks.workers.fork_server import start_fork_server

    orchestration.prepare()
    start_fork_server()
    for module in LOADED:
        import_module(module)
    command = serve(socket.socket(fileno=int(sys.argv[1])))
    sys.argv = command["argv"]
    os.environ |= command["env"]
    os.chdir(command["cwd"])
    # it runs, as another process' child: asking after it would fail
    forkserver.ensure_running = forkserver._forkserver.ensure_running = lambda: None
    try:
        import_module("flows.cli").main()
    except SystemExit as ended:
        end(ended.code)


def end(code: object) -> None:
    """As the interpreter ends, but for the destructors of C++: those of DuckDB miss the threads that it began when it was imported."""
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main()
