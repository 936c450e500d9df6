"""What is expected of core.repairs beyond its contract."""

from collections.abc import Mapping

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import Contract

LOST = "\N{REPLACEMENT CHARACTER}"

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToBeInSet(
        column="fault",
        value_set=["none"],
        severity="critical",
        notes="offsets: they do not span the words that they are given for, so the damaged text cannot be had back from the restored "
        "one. overlap: it begins inside the repair before it in its field. mark: of what is lost no U+FFFD is left, so a guess passes "
        "for a fact. nothing: restored, and yet the words are the same.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="doubt",
        value_set=["none"],
        severity="warning",
        notes="proof: lost for good and yet proved; what swallowed it swallows other characters just so.",
    ),
]


def measure(repairs: pl.DataFrame, _related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds `fault` (offsets, overlap, mark, nothing or none) and `doubt` (proof or none)."""
    before, after, status = pl.col("before"), pl.col("after"), pl.col("status")
    spans = (pl.col("end_offset") - pl.col("start_offset"), pl.col("restored_end") - pl.col("restored_start"))
    is_spanned = (before.str.len_chars() == spans[0]) & (after.str.len_chars() == spans[1])
    ended = pl.col("end_offset").shift(1).over("page_id", "field", order_by="repair_number")
    return repairs.with_columns(
        fault=pl.when(~is_spanned)
        .then(pl.lit("offsets"))
        .when((pl.col("start_offset") < ended).fill_null(False))
        .then(pl.lit("overlap"))
        .when((status == "lost") & ~after.str.contains(LOST, literal=True))
        .then(pl.lit("mark"))
        .when((status == "restored") & (before == after))
        .then(pl.lit("nothing"))
        .otherwise(pl.lit("none")),
        doubt=pl.when((status == "lost") & (pl.col("round_trip") == "proved")).then(pl.lit("proof")).otherwise(pl.lit("none")),
    )
