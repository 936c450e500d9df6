"""Nothing is so long that it must be scrolled to be understood; what is longer has its reason beside it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("flows", "tasks", "expectations", "warehouse")
FILE, ONE_THOUGHT = 200, 300  # lines
FUNCTION = 40
TEST = 30
# Files of up to ONE_THOUGHT lines, and functions and tests above their budget, each with why it is not parted.
LONGER: dict[str, str] = {
    "tasks/restoration/cloak/undo.py": "one search: what is damaged, how it can be read, which reading is proved, line by line",
    "tasks/restoration/utf_8_mojibake.py": "one method: pieces read by each decoder, which reading is believed, what only quotes damage",
    "tasks/dissection/markup/measures.py measure": "the dearest walk of all, some 800 elements a page: calls are spared in it",
}
FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    """(path from the root, text) of every Python file."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def functions(text: str) -> Iterator[tuple[str, int]]:
    """(name, lines from def to the last one) of every function, methods too; decorators and what stands in it count once."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, FunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def files_above(*folders: str) -> list[str]:
    return [
        f"{path}: {lines} lines"
        for path, text in sources(*folders)
        if (lines := text.count("\n")) > (ONE_THOUGHT if path in LONGER else FILE)
    ]


def functions_above(*folders: str) -> list[str]:
    found = ((path, *each) for path, text in sources(*folders) for each in functions(text))
    budgets = ((path, name, lines, TEST if name.startswith("test_") else FUNCTION) for path, name, lines in found)
    return [f"{path} {name}: {lines} lines" for path, name, lines, most in budgets if lines > most and f"{path} {name}" not in LONGER]


def test_files_keep_their_budget():
    assert files_above(*ROOMS, "tests") == [], f"a file has at most {FILE} lines: part it, or give a reason in LONGER"


def test_functions_keep_their_budget():
    assert functions_above(*ROOMS, "tests") == [], f"a function has at most {FUNCTION} lines, a test {TEST}: part it, or say why not"


def test_every_exception_is_still_needed():
    here = {path: text.count("\n") for path, text in sources(*ROOMS, "tests")}
    long = {path for path, lines in here.items() if lines > FILE}
    long |= {f"{path} {name}" for path, text in sources(*ROOMS, "tests") for name, lines in functions(text) if lines > TEST}
    assert set(LONGER) <= long, f"short enough by now: {set(LONGER) - long}; delete them from LONGER"
