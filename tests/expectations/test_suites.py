import pytest

from expectations import suites
from expectations.kept_configurations import configurations_kept
from expectations.result_rows import label_of
from expectations.runner import _expectations, columns_of, gx, scope_of
from expectations.structure import structural
from expectations.suites import SUITES
from warehouse.tables import TABLES, Contract
from warehouse.tables.contract import rules
from warehouse.tables.copies import Copies
from warehouse.tables.outlets import Outlets
from warehouse.tables.stories import Stories

NOT_OF_BATCHES = (Outlets, Copies, Stories)  # of a file that the team edits; of relate_articles
TABLES_JUDGED = [suite.table for suite in SUITES]


def test_gx_still_builds_a_configuration_each_time_it_is_asked_for_one():
    """The day this fails, delete expectations/kept_configurations.py."""
    expectation = gx.expectations.ExpectColumnValuesToBeUnique(column="page_id")
    assert expectation.configuration is not expectation.configuration
    with configurations_kept():
        assert expectation.configuration is expectation.configuration


def test_gx_still_cannot_read_polars():
    """The day this fails, delete _as_pandas() from expectations/runner.py."""
    assert not hasattr(gx.get_context(mode="ephemeral").data_sources, "add_polars")


def test_every_table_of_raw_and_core_that_batches_fill_has_its_suite():
    assert [table for table in TABLES if table.TABLE.startswith(("raw.", "core.")) and table not in NOT_OF_BATCHES] == TABLES_JUDGED


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.table.TABLE)
def test_every_expectation_says_why(suite: suites.Suite):
    silent = [label_of(e.configuration) for e in suite.expectations if not e.notes]
    assert not silent, f"give {silent} notes that say why"


@pytest.mark.parametrize("table", TABLES_JUDGED, ids=lambda table: table.TABLE)
def test_no_two_expectations_of_a_table_share_a_name(table: type[Contract]):
    labels = [label_of(e.configuration) for e in _expectations(table)]
    assert len(set(labels)) == len(labels), "ops.checks has one row per name: judge a measure of another name"


@pytest.mark.parametrize("table", TABLES_JUDGED, ids=lambda table: table.TABLE)
def test_the_structural_expectations_judge_every_rule_of_the_contract(table: type[Contract]):
    judged = {column for expectation in structural(table) for column in columns_of(expectation)}
    assert judged == {column for rule in rules(table) for column in rule.columns}
    assert all(scope_of(expectation) == "row" for expectation in structural(table))
