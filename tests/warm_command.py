"""The command line with its imports done: for tests that ask what a command does, and not how it starts.

A process has loaded what most commands load, and what workers' fork servers load; each command is a fork of it, which runs
`flows.cli.main` to its end as the program does. Loading is two thirds of the CPU that a small load takes, and hundreds of tests run one.
What is asked for in BROADSHEET_* and the working folder come with a command. One that is `started` has its own session and its own fork
server in it, as the program's has: signals and kills hit the processes that they would hit. Tests of start-up, of other environments and
of the temporary server start the program itself.
"""

import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path
from typing import IO, Any

from tests.started import NUMBER, Started

LOADED = (
    "anyio._backends._asyncio",
    "prefect.flow_engine",
    "prefect.task_engine",
    "fastapi",
    "flows.ingest_pages",
    "flows.commands.ingest",
    "flows.reprocess_pages",
    "flows.relate_articles",
    "prefect.utilities.visualization",
    "tasks.loading.file_loader",
    "tasks.sources.recognition",
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
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            with self._asked(arguments, env, cwd, out.fileno(), err.fileno(), is_alone=False) as answer:
                answer.settimeout(timeout)
                NUMBER.unpack(answer.recv(NUMBER.size))
                (code,) = NUMBER.unpack(answer.recv(NUMBER.size))
            return subprocess.CompletedProcess([self._program, *arguments], code, _text(out), _text(err))

    def start(self, *arguments: str, env: Mapping[str, str], cwd: Path) -> Started:
        """A command that goes on while a test looks, in a session of its own."""
        (out, out_end), (err, err_end) = os.pipe(), os.pipe()
        answer = self._asked(arguments, env, cwd, out_end, err_end, is_alone=True)
        os.close(out_end)
        os.close(err_end)
        (pid,) = NUMBER.unpack(answer.recv(NUMBER.size))
        return Started(pid, answer, os.fdopen(out), os.fdopen(err))

    def _asked(self, arguments: Sequence[str], env: Mapping[str, str], cwd: Path, out: int, err: int, *, is_alone: bool) -> socket.socket:
        """Ask for a command; where the answers about it come."""
        command = {"argv": [self._program, *arguments], "env": dict(env), "cwd": str(cwd), "is_alone": is_alone}
        asked, answer = socket.socketpair()
        with asked:
            socket.send_fds(self._ours, [json.dumps(command).encode()], [asked.fileno(), out, err])
        return answer

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
        for file in files[1:]:
            os.close(file)
        answer.send(NUMBER.pack(child))
        answer.send(NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])))
        os._exit(0)
    answer.close()
    os.dup2(files[1], 1)
    os.dup2(files[2], 2)
    for file in files[1:]:
        os.close(file)
    return dict(json.loads(command))


def main() -> None:
    from flows import orchestration
    from tests.forked_fork_server import fork_fork_server

    orchestration.prepare()
    for module in LOADED:
        import_module(module)
    thresholds = gc.get_threshold()
    import_module("tasks.workers.warm_up")
    gc.set_threshold(*thresholds)  # a worker's own are set where workers are forked from
    import_module("flows.version").extractor()  # hashes of the code, which does not change while tests run
    import_module("warehouse.empty_warehouse").kept_warehouse()
    fork_fork_server()
    command = serve(socket.socket(fileno=int(sys.argv[1])))
    sys.argv = command["argv"]
    os.environ |= command["env"]
    os.chdir(command["cwd"])
    if command["is_alone"]:
        os.setsid()
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # heard also where the tests themselves run under nohup
        fork_fork_server()
    else:  # the fork server runs, as another process' child: asking after it would fail
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
