"""Where a command is called decides what relative paths mean, and nothing else."""

from pathlib import Path

from tests.conftest import Run
from tests.flows.bad_inputs import article
from warehouse.ask import ask


def test_nothing_in_the_working_folder_is_taken_for_a_library_of_ours(broadsheet_without_server: Run, home: Path, tmp_path: Path):
    for name in ("polars", "tasks", "pandas", "logging", "prefect"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the working folder')\n")
    (tmp_path / "a.html").write_text(article("The ferry stays in port"))
    done = broadsheet_without_server("ingest", "a.html", "--home", home, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert ask(home, "SELECT title FROM core.articles").rows == [("The ferry stays in port",)]
