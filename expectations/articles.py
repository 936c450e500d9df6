"""What is expected of core.articles beyond its contract."""

import great_expectations.expectations as gxe

from expectations.articles_measures import TAG, measure

__all__ = ["EXPECTATIONS", "measure"]

EXPECTATIONS: list[gxe.Expectation] = [
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="title",
        max_value=1000,
        severity="critical",
        notes="The longest real headline among the sample pages has 214 characters; beyond 1,000 it is a body or an attack.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="title_is_site_name",
        value_set=[False],
        severity="warning",
        notes="The page's <title> carried only the site: the headline was missed, the body may still be right.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="is_front_page",
        value_set=[False],
        severity="critical",
        notes="The root of a host, headed by the site's name: its teasers passed for an article that nobody wrote.",
    ),
    gxe.ExpectColumnValuesToNotMatchRegex(
        column="title",
        regex=TAG + r"|&(#\d+|[a-z]{2,8});",
        severity="warning",
        notes="Markup or entities in a headline were escaped twice by the publisher.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="markup_share",
        max_value=0.3,
        severity="critical",
        notes="A body that is a third tags is source code of a page, not text for a reader.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="code_share",
        max_value=0.15,
        severity="critical",
        notes="Share of {}();= in the body. Prose stays under 0.02, a programming tutorial under 0.08; scripts exceed 0.15.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lost_share",
        max_value=0.1,
        severity="critical",
        notes="Every tenth character is U+FFFD: the charset was wrong or the bytes are gone; what is left misleads search.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lost_share_seen",
        max_value=0.005,
        severity="warning",
        notes="Some characters are lost; restoration may bring them back from the raw bytes.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="is_cloak_undone",
        value_set=[True],
        severity="warning",
        notes="Taken for a mirror's disguise, and nothing was restored: the scores were wrong, or no method knows this disguise.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="is_wall",
        value_set=[False],
        severity="critical",
        notes="Consent, captcha, error and no-JavaScript pages are served with status 200 and pass for short articles.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="published_when",
        value_set=["credible", "before_the_web", "after_observed", "none"],
        severity="critical",
        notes="Before the first newspaper or a year ahead of now: a placeholder such as 0001-01-01, which would bend every "
        "time series it enters.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="published_doubt",
        value_set=["credible", "none"],
        severity="warning",
        notes="Published before the web or more than a day after it was observed: publishers schedule pages ahead, archives "
        "are digitised, clocks differ; worth a look, not a stop.",
    ),
    gxe.ExpectColumnValuesToBeInSet(
        column="is_date_explained",
        value_set=[True],
        severity="critical",
        notes="A moment without its precision and zone reads as midnight UTC, and nobody can tell that it is not.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="modified_at",
        column_B="published_at",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        severity="warning",
        notes="A change before publication: the two were mixed up, or mean different zones.",
    ),
    gxe.ExpectColumnValuesToNotBeNull(
        column="published_at",
        mostly=0.5,
        severity="warning",
        meta={"from_rows": 20},
        notes="Most news pages show a date; where half of a batch has none, a site changed its template.",
    ),
    gxe.ExpectColumnValuesToNotBeNull(
        column="lang",
        mostly=0.8,
        severity="warning",
        meta={"from_rows": 20},
        notes="Language is told by almost every page of more than a few sentences.",
    ),
    gxe.ExpectColumnMedianToBeBetween(
        column="char_count",
        min_value=200,
        severity="warning",
        meta={"from_rows": 20},
        notes="Bodies this short across a batch are teasers: a paywall, or an extractor that lost the text.",
    ),
    gxe.ExpectColumnProportionOfUniqueValuesToBeBetween(
        column="text_fingerprint",
        min_value=0.7,
        severity="warning",
        meta={"from_rows": 20},
        notes="A third of the texts more than once: the source holds mirrors, or one page under many URLs.",
    ),
    gxe.ExpectColumnMaxToBeBetween(
        column="largest_title_share",
        max_value=0.5,
        severity="warning",
        meta={"from_rows": 50},
        notes="Half of the headlines are the same: the site's name or a banner was taken for the headline.",
    ),
    gxe.ExpectColumnMaxToBeBetween(
        column="largest_body_share",
        max_value=0.5,
        severity="critical",
        meta={"from_rows": 50},
        notes="Half of the bodies are the same text: the site answered with one page for every URL, and loading it would "
        "mark all these captures as done.",
    ),
]
