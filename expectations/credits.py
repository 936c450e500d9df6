"""What is expected of core.credits beyond its contract."""

import great_expectations.expectations as gxe

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="name",
        regex=r"[^\W\d_]",
        severity="critical",
        notes="Names have a letter; dates, counters and dashes beside a byline do not.",
    ),
    gxe.ExpectColumnValuesToNotMatchRegex(
        column="name",
        regex=r"(?i)https?://|</?[a-z][^<>]*>|\S+@\S+\.\S",
        severity="critical",
        notes="An address, an e-mail or markup is what stood beside the name, not the name.",
    ),
]
