"""The house keeps its rooms: left may import right, never back, and each library lives where HOMES says.

Dissection keeps its floors: strings know no tree, trees know no region, regions know no page.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("flows", "tasks", "expectations", "warehouse")  # left may import right, never back
HOMES = {
    "prefect": {"flows", "tasks/*.py"},  # doors only: the files of tasks/ itself, not its folders
    "trafilatura": {"tasks/dissection", "tasks/harvesting"},  # there for links alone
    "courlan": {"tasks/harvesting"},
    "protego": {"tasks/harvesting"},
    "httpcore": {"tasks/harvesting"},
    "anyio": {"tasks/harvesting"},
    "htmldate": {"tasks/dissection"},
    "lxml": {"tasks/dissection"},  # but for words/, as told below
    "resiliparse": {"tasks/restoration", "tasks/sources", "tasks/dissection"},
    "fastwarc": {"tasks/sources", "tasks/raw_store", "tasks/harvesting"},
    "pebble": {"tasks/workers"},
    "dask": {"tasks/workers/cluster"},
    "distributed": {"tasks/workers/cluster"},
    "pyarrow": {"tasks/sources", "tasks/staging"},  # Parquet tables of others; files of a bucket
    "great_expectations": {"expectations"},
    "pandas": {"expectations"},
    "duckdb": {"warehouse"},
    "duckdb_extensions": {"warehouse/remote"},
    "click": {"flows"},
    "Stemmer": {"warehouse/search"},
    "ftfy": {"tasks/restoration"},
    "numpy": {"tasks/restoration", "tasks/relation", "warehouse/relating"},
    "opencc": {"tasks/restoration"},
    "pypinyin": {"tasks/restoration"},
    "rich": {"flows"},
    "fastapi": {"flows/serving"},
    "starlette": {"flows/serving", "warehouse/explorer"},
    "jinja2": {"warehouse/explorer"},
    "markupsafe": {"warehouse/explorer"},
    "uvicorn": {"flows"},
    "yaml": {"flows/serving"},
    "pydantic_settings": {"flows"},
}
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
DISSECTION = "tasks.dissection"
# From the ground up: a folder may import those before it, never those behind it. So may a file of the house itself.
FLOORS = (
    "words",  # strings alone
    "findings",  # what regions give
    "markup",  # the door to lxml: trees, and what any region may ask of them
    "listings", "listings.in_markup", "listings.items", "lines", "dialogue", "pictures", "about", "dates", "credits", "body",  # regions
    "printed",  # a page as markup and as lines: what they have in common
    "page",  # where a page is read
    "outline",  # a page that was read, drawn
)  # fmt: skip
TREES = {"lxml", "trafilatura", "htmldate"}
DISSECTED = [path for path in MODULES if path.is_relative_to(ROOT / "tasks" / "dissection") and path.name != "__init__.py"]
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "misc"}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def lives_in(path: Path, home: str) -> bool:
    relative = path.relative_to(ROOT)
    return relative.match(home) and len(relative.parts) == 2 if home.endswith("*.py") else relative.is_relative_to(home)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_rooms_to_its_right(path: Path):
    own = ROOMS.index(path.relative_to(ROOT).parts[0])
    back = [name for name in imports_of(path) if name.split(".")[0] in ROOMS[:own]]
    assert not back, f"{path.relative_to(ROOT)} reaches back to {back}: move what it needs to the right, or the caller to the left"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_is_imported_only_in_its_home(path: Path):
    strays = [n for n in imports_of(path) if (homes := HOMES.get(n.split(".")[0])) and not any(lives_in(path, h) for h in homes)]
    assert not strays, f"{path.relative_to(ROOT)} imports {strays}; their homes are {[HOMES[n.split('.')[0]] for n in strays]}"


def test_folders_below_tasks_are_pure():
    doors = {path.stem for path in (ROOT / "tasks").glob("*.py")}
    below = [path for path in MODULES if path.parts[len(ROOT.parts)] == "tasks" and len(path.relative_to(ROOT).parts) > 2]
    backs = [(path.name, n) for path in below for n in imports_of(path) if n.startswith("tasks.") and n.split(".")[1] in doors]
    assert not backs, "a folder below tasks/ imports a door; doors import folders, never the other way"


def test_every_home_is_still_needed():
    used = {name.split(".")[0] for path in MODULES for name in imports_of(path)}
    assert set(HOMES) <= used, f"not imported any more: {set(HOMES) - used}; delete them from HOMES and pyproject.toml"


def test_modules_have_names_that_say_something():
    assert not [path for path in MODULES if path.stem in SAYS_NOTHING]


def test_a_class_name_means_one_thing():
    homes: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    twice = {name: files for name, files in homes.items() if len(files) > 1}
    assert not twice, "a word means one thing: give one of each two a name that says what it is"


def floor_of(module: str) -> str:
    """The folder of a module: listings.items of tasks.dissection.listings.items.times; its own name where it stands in none."""
    parts = module.removeprefix(f"{DISSECTION}.").split(".")
    return ".".join(parts[:-1]) or parts[0]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", DISSECTED, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_in_dissection_is_imported_from_a_floor_above(path: Path):
    own = FLOORS.index(floor_of(module_of(path)))
    above = [name for name in imports_of(path) if name.startswith(f"{DISSECTION}.") and FLOORS.index(floor_of(name)) > own]
    assert not above, f"{path.relative_to(ROOT)} reaches up to {above}: move what it needs down, or the caller up"


def test_a_page_is_read_in_one_place():
    reading = {f"{DISSECTION}.page", "tasks.restoration.placing"}
    readers = {str(path.relative_to(ROOT)) for path in MODULES if not path.is_relative_to(ROOT / "tasks/dissection")
               for name in imports_of(path) if name in reading}  # fmt: skip
    assert readers == {"tasks/pages/dissect_restored.py"}, "ask tasks/pages/read_page.py for a page instead of dissecting it here"


def test_words_know_no_tree():
    words = [path for path in DISSECTED if floor_of(module_of(path)) == "words"]
    strays = [(path.name, name) for path in words for name in imports_of(path) if name.split(".")[0] in TREES]
    assert not strays, "files of words/ read strings; what reads elements belongs into markup/ or a region"


def test_every_floor_is_named_once():
    assert {floor_of(module_of(path)) for path in DISSECTED} == set(FLOORS) and len(set(FLOORS)) == len(FLOORS)
