"""Facts live once: what stands in two places is derived from one, or compared here."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from flows.cli import KINDS as OFFERED_KINDS
from flows.cli import ingest, main
from flows.settings import Settings
from tasks.sources.catalogue import KINDS
from tasks.sources.reasons import PASSED_OVER
from tests.conftest import ROOT
from warehouse import errors
from warehouse.errors import BroadsheetError
from warehouse.marts import Mart, everything
from warehouse.reject_reasons import REASONS
from warehouse.tables import CONTRACTS
from warehouse.tables.pages import SOURCE_KINDS
from warehouse.version import VERSION

ROOMS = ("flows", "tasks", "expectations", "warehouse")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
WAREHOUSE = (ROOT / "docs" / "warehouse.md").read_text("utf-8")
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text("utf-8")
# Which argument of these says why a page is refused; each takes it as `reason=` too.
REFUSALS = {"PageUnreadable": 0, "Failure": 0, "Unreadable": 1, "Gap": 2, "PageOutcome": 3, "DissectedPage": 1}
OWN_CODES = {0, 1, 2, 130}  # of the command line itself: well, doctor's finding, wrong options, stopped


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in MODULES:
        yield path, ast.parse(path.read_text("utf-8"))


def strings_in(tree: ast.AST) -> Iterator[str]:
    """Strings that the code uses; docstrings are none."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said)
    yield from (node.value for node in constants if isinstance(node.value, str))


def given_reasons(tree: ast.AST) -> Iterator[str]:
    """Reasons written out where a refusal is made, and the kinds of pages that are no article."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS:
            place = REFUSALS[node.func.id]
            given = [*node.args[place : place + 1], *(word.value for word in node.keywords if word.arg == "reason")]
            yield from (value for expression in given if isinstance(expression, ast.Constant) and (value := expression.value))
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (v.value for k, v in pairs if isinstance(k, ast.Constant) and k.value == "reason" and isinstance(v, ast.Constant))


def subclasses(root: type[BroadsheetError]) -> Iterator[type[BroadsheetError]]:
    for each in root.__subclasses__():
        yield each
        yield from subclasses(each)


def rows_under(heading: str, text: str) -> dict[str, list[str]]:
    """Rows of the first Markdown table under a heading, by their first cell."""
    table = re.search(r"(?:^\|.*\n)+", text[text.index(heading) :], re.MULTILINE)
    assert table, f"expected a table under {heading!r}"
    rows = [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in table[0].splitlines()[2:]]
    return {row[0].split(" ")[0].strip("`"): row[1:] for row in rows}


def test_tables_are_created_by_migrations_alone():
    creates = re.compile(r"\b(CREATE|ALTER|DROP)\s+(OR\s+REPLACE\s+)?TABLE\b", re.IGNORECASE)
    makers = {str(path.relative_to(ROOT)) for path, tree in trees() if any(map(creates.search, strings_in(tree)))}
    derived = {
        "warehouse/search/index.py", "warehouse/search/stretches.py", "warehouse/relating/index_file.py", "warehouse/lake/session.py",
        "warehouse/lake/relating.py", "warehouse/lake/dressed.py",
    }  # fmt: skip
    lake = {"warehouse/lake/tables.py", "warehouse/lake/migrating.py"}  # which is made whole, and gets what the contracts have more
    assert makers == {"warehouse/ddl.py", *lake, *derived}, "an index and a session can be made anew, nothing else can"
    plain = [path for path in ROOT.glob("warehouse/**/*.sql") if creates.search(path.read_text("utf-8"))]
    assert {path.parent.name for path in plain} == {"migrations", "search"}


def test_every_reason_that_code_gives_is_in_the_vocabulary():
    strays = {(str(path.relative_to(ROOT)), reason) for path, tree in trees() for reason in given_reasons(tree) if reason not in REASONS}
    assert not strays, "add them to warehouse/reject_reasons.py and run `python -m warehouse.dictionary`"


def test_every_reason_in_the_vocabulary_is_given_somewhere():
    written = {text for path, tree in trees() if path.name != "reject_reasons.py" for text in strings_in(tree)}
    assert {reason for reason in REASONS if reason not in written and reason.removeprefix("not_article:") not in written} == set()


def test_everything_that_is_passed_over_is_passed_over_somewhere():
    written = {text for path, tree in trees() if path.name != "reasons.py" for text in strings_in(tree)}
    assert set(PASSED_OVER) <= written


def test_a_frame_is_made_to_conform_by_its_maker_and_by_nobody_else():
    callers = {
        str(path.relative_to(ROOT).parent if "shaping" in path.parts else path.relative_to(ROOT))
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "conform"
    }
    assert callers == {"tasks/shaping", "tasks/relation/relate.py", "expectations/quarantine.py", "warehouse/tables/contract.py"}


def test_the_runbook_speaks_of_reasons_that_exist():
    section = RUNBOOK[RUNBOOK.index("## A corrupt file") :].split("\n## ")[0]
    named = {word for cell in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for word in re.findall(r"`([^`]+)`", cell)}
    assert len(named) > 10
    assert named <= set(REASONS)


def test_exit_codes_are_those_of_the_error_tree():
    codes = {error.__name__: error.exit_code for error in subclasses(BroadsheetError)}
    drawn = dict(re.findall(r"[├└]── (\w+) .*exit (\d+)$", errors.__doc__ or "", re.MULTILINE))
    assert {name: int(code) for name, code in drawn.items()} == codes
    expected = OWN_CODES | set(codes.values())
    assert {int(code) for code in rows_under("## Exit codes", COMMANDS)} == expected
    help_text = (ingest.help or "").split("Exit codes")[1]
    assert {int(code) for code in re.findall(r"(?:^|\s)(\d{1,3}) [a-z]", help_text)} == expected - {1, errors.ContractBroken.exit_code}
    assert {int(code) for code in rows_under("| exit code |", RUNBOOK)} == expected - {0, 1, 2}


def test_kinds_of_sources_are_the_same_everywhere():
    assert OFFERED_KINDS == KINDS
    assert set(SOURCE_KINDS) == set(KINDS)
    assert set(rows_under("## What can be ingested", COMMANDS)) == set(KINDS)


def test_settings_are_documented_with_their_defaults():
    told = rows_under("## Settings", COMMANDS)
    assert set(told) == {f"BROADSHEET_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = told[f"BROADSHEET_{name.upper()}"][0]
        if isinstance(field.default, int | float):
            number, *unit = default.split()
            assert float(number) * {"MiB": 2**20, "Mi": 2**20}.get("".join(unit), 1) == field.default, name


def test_options_of_ingest_are_documented_with_their_defaults():
    options = {option.opts[0]: option for option in ingest.params if isinstance(option, click.Option)}
    assert set(rows_under("Options of `ingest`", COMMANDS)) == set(options) - {"--home", "--json"}
    assert f"[default: {Settings.model_fields['batch_pages'].default}]" in (options["--batch-pages"].help or "")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme_and_in_the_help(name: str):
    assert f"| `broadsheet {name}" in README
    assert f"broadsheet {name}" in (main.help or "")


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.TABLE)
def test_every_table_is_in_the_tour_of_the_warehouse(contract: type):
    assert f"`{contract.TABLE}`" in WAREHOUSE or contract.TABLE == "ops.migrations"


@pytest.mark.parametrize("mart", [mart for mart in everything() if not mart.is_internal], ids=lambda mart: mart.name)
def test_every_mart_and_macro_is_in_the_tour_of_the_warehouse(mart: Mart):
    assert f"`{mart.name}`" in WAREHOUSE or f"`{mart.name}(" in WAREHOUSE


def test_the_version_is_written_in_one_place():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == VERSION
    assert {str(path.relative_to(ROOT)) for path, tree in trees() if VERSION in set(strings_in(tree))} == set()
    asking = [str(path.relative_to(ROOT)) for path, tree in trees() if re.search(r"version\(.broadsheet.\)", ast.unparse(tree))]
    assert asking == ["warehouse/version.py"]
