"""What is expected of core.images beyond its contract."""

import great_expectations.expectations as gxe

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="url",
        regex=r"(?i)^(https?://[^\s/]+|file:\S)",
        severity="critical",
        notes="Placeholders (data:, about:blank, javascript:) stand where a script loads the image later.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="caption",
        max_value=2000,
        severity="warning",
        notes="A caption this long is a paragraph of the body.",
    ),
]
