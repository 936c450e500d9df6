from warehouse.tables.contract import HEX16, REPAIR_STATES, ROUND_TRIPS, Contract
from warehouse.tables.pages import Pages
from warehouse.without_sqlalchemy import dataframely as dy


class Repairs(Contract):
    """core.repairs: one span of one page that restoration changed or flagged."""

    TABLE = "core.repairs"
    GRAIN = "one span of one page that was damaged and restored, is lost, or was flagged; rejected pages included"
    PARENT = Pages
    HAS_KEY_INDEX = False  # DuckDB keeps indexes in memory as a whole, and a cloaked page has a thousand repairs

    page_id = dy.String(primary_key=True, regex=HEX16, description="The page; raw.pages.")
    repair_number = dy.Int32(
        primary_key=True, min=1, description="Place among the repairs of the page, 1-based: title, body, listing items, then the rest."
    )
    field = dy.String(
        min_length=1, description="Where the text is found: title or body of core.articles; listing_items/<listing_number>/<position> "
        "for a headline; page for what is in none of these.",
    )  # fmt: skip
    start_offset = dy.Int32(
        min=0, description="Where the span begins in the field as it came: characters before it. Of page: in the page as decoded, "
        "markup included.",
    )  # fmt: skip
    end_offset = dy.Int32(min=0, description="Where it ends there: characters before what follows it.")
    restored_start = dy.Int32(min=0, description="Where it begins in the restored field, as the warehouse has it: characters before it.")
    restored_end = dy.Int32(min=0, description="Where it ends there, so field[restored_start + 1:restored_end] in DuckDB is after.")
    before = dy.String(description="What stood there as the page came; empty where something was put back that had vanished.")
    after = dy.String(description="What stands there now; empty where something was taken out.")
    method = dy.String(
        min_length=1, description="What found it: gloss, script, bytes and others, joined by + where several changed the same span."
    )
    evidence = dy.String(
        nullable=True, description="What decided: page (the same words stand intact elsewhere on it, or on another page of its host), "
        "model, round_trip; for a gloss the entries of the cloak's dictionary, such as 網(wǎng) 絡(luò); null where nothing else was "
        "possible.",
    )  # fmt: skip
    round_trip = dy.Enum(
        ROUND_TRIPS, description="proved: damaging the restored line again gives the line as it came, and no other reading is as likely."
    )
    confidence = dy.Float64(min=0.0, max=1.0, description="How sure the repair is, 0..1: its share of the likelihood of all candidates.")
    candidates = dy.List(
        dy.Struct({
            "text": dy.String(description="What may have stood there."),
            "share": dy.Float64(description="Its share of the likelihood, 0..1."),
        }),
        description="Readings of what was damaged, best first; empty where there was one only.",
    )  # fmt: skip
    status = dy.Enum(
        REPAIR_STATES, description="restored; lost: a character is gone for good and stands as U+FFFD; flagged: doubtful, left as it came."
    )
    run_id = dy.String(regex=HEX16, description="Run that loaded the row; ops.runs.")
