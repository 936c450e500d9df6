"""What is expected of core.statements beyond its contract."""

from collections.abc import Mapping

import great_expectations.expectations as gxe
import polars as pl

from warehouse.tables import Articles, Contract

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToBeInSet(
        column="fault",
        value_set=["none"],
        severity="critical",
        notes="offsets: the body does not say this at this place, so whoever quotes by offset misquotes. overlap: it begins "
        "inside the turn before it, so words are given to two speakers. turns: not numbered 1, 2, 3 …, so one was lost.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="doubt",
        value_set=["none"],
        severity="warning",
        notes="one_kind: an article that only asks, or only answers, mostly shows subheads or a quotation, not an interview.",
    ),
]


def measure(statements: pl.DataFrame, related: Mapping[type[Contract], pl.DataFrame]) -> pl.DataFrame:
    """Adds `fault` (offsets, overlap, turns or none) and `doubt` (one_kind or none)."""
    bodies = related[Articles].select("page_id", "body").unique("page_id", keep="first")
    start, end = pl.col("start_offset"), pl.col("end_offset")
    said = pl.col("body").str.slice(start, pl.max_horizontal(end - start, 0)).fill_null("")
    return (
        statements.join(bodies, on="page_id", how="left", maintain_order="left")
        .with_columns(
            fault=pl.when((start >= end) | (said != pl.col("text")))
            .then(pl.lit("offsets"))
            .when((start < end.shift(1).over("page_id", order_by="turn")).fill_null(False))
            .then(pl.lit("overlap"))
            .when((pl.col("turn").max() != pl.len()).over("page_id"))
            .then(pl.lit("turns"))
            .otherwise(pl.lit("none")),
            doubt=pl.when((pl.col("kind").n_unique() == 1).over("page_id")).then(pl.lit("one_kind")).otherwise(pl.lit("none")),
        )
        .drop("body")
    )
