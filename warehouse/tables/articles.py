from warehouse.tables.contract import HEX16, LONG_TEXT, PRECISIONS, SCRIPTS, Contract, instant
from warehouse.tables.pages import Pages
from warehouse.without_sqlalchemy import dataframely as dy


class Articles(Contract):
    """core.articles: one captured page that carries an article."""

    TABLE = "core.articles"
    GRAIN = "one captured page that carries an article"
    PARENT = Pages

    page_id = dy.String(primary_key=True, regex=HEX16, description="The capture it was read from; raw.pages.")
    title = dy.String(min_length=1, description="Headline of the article, without the site's name.")
    body = dy.String(
        min_length=1,
        metadata=LONG_TEXT,
        description="Paragraphs in reading order, joined by a newline; subheads included, listings and captions not.",
    )
    lang = dy.String(nullable=True, regex="^[a-z]{2,3}$", description="ISO 639 language of the article.")
    site_name = dy.String(nullable=True, description="Name of the site as the page gives it.")
    section = dy.String(nullable=True, description="Section or column the page files the article under.")
    tags = dy.List(dy.String(), description="Keywords that the page gives the article, in page order, without duplicates.")
    published_at = instant("Moment of first publication as the page states it; midnight in its zone where precision is day.", nullable=True)
    published_zone = dy.String(
        nullable=True, description="IANA name or UTC offset (+08:00) in which the page meant published_at and modified_at."
    )
    published_zone_source = dy.String(nullable=True, description="What told the zone: offset (in the value), host, lang or utc (assumed).")
    published_precision = dy.Enum(PRECISIONS, nullable=True, description="minute: the page shows a time of day; day: only a date.")
    published_source = dy.String(nullable=True, description="Candidate that published_at came from; core.evidence has the others.")
    modified_at = instant("Moment of the last change as the page states it.", nullable=True)
    char_count = dy.Int32(min=1, description="Characters in body.")
    paragraph_count = dy.Int32(min=1, description="Paragraphs in body.")
    text_fingerprint = dy.String(
        regex=HEX16, description="Hash of body in lower case with only letters and digits kept: equal for equal texts."
    )
    quality_flags = dy.List(
        dy.String(),
        description="What is doubtful, such as no_date, guessed_date, future_date, impossible_date, no_author, placeholder_author, "
        "short_body, body_fallback.",
    )
    run_id = dy.String(regex=HEX16, description="Run that loaded the row; ops.runs.")
    # Null in what version 0.1.0 loaded before these columns were there: nobody has looked at those pages for damage.
    title_folded = dy.String(
        nullable=True, description="title for search and comparison, as the macro fold gives it: one case and width, no accents, one form "
        "of characters that are written for one another. To be compared with fold('…').",
    )  # fmt: skip
    body_folded = dy.String(nullable=True, metadata=LONG_TEXT, description="body in the same form as title_folded.")
    script = dy.Enum(
        SCRIPTS, nullable=True, description="Script of a Chinese article, ISO 15924: by the characters that Simplified and Traditional "
        "Chinese write differently; null for other languages and where too few of these tell.",
    )  # fmt: skip
    is_cloaked = dy.Bool(
        nullable=True, description="Whether the page was a mirror's, disguised with readings in brackets and Traditional characters; "
        "title and body have the text as it was before.",
    )  # fmt: skip
    repair_count = dy.Int32(nullable=True, min=0, description="Spans of the whole page that restoration changed; core.repairs has each.")
    lost_count = dy.Int32(nullable=True, min=0, description="Those among them of which a character is lost for good and stands as U+FFFD.")
    seo_title = dy.String(
        nullable=True, description="Headline as the page words it for search engines and networks, where that is another than title, which "
        "is the printed one; core.evidence has where both stand. Null in rows loaded before it was told apart.",
    )  # fmt: skip
