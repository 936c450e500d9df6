from warehouse.tables.articles import Articles
from warehouse.tables.contract import HEX16, LONG_TEXT, TURN_KINDS, Contract
from warehouse.without_sqlalchemy import dataframely as dy


class Statements(Contract):
    """core.statements: one turn of a question-and-answer or an interview."""

    TABLE = "core.statements"
    GRAIN = "one turn of a question-and-answer or an interview"
    PARENT = Articles

    page_id = dy.String(primary_key=True, regex=HEX16, description="The page that prints it; core.articles.")
    turn = dy.Int32(primary_key=True, min=1, description="Place among the turns of the article, 1-based.")
    kind = dy.Enum(TURN_KINDS, description="Whether it asks or answers.")
    speaker_label = dy.String(
        nullable=True, description="Who speaks, as printed before the turn, such as Q, 答 or a surname; null for none."
    )
    speaker = dy.String(nullable=True, description="Who that is, where the article names who asks and who answers.")
    text = dy.String(min_length=1, metadata=LONG_TEXT, description="What is said, without its label: body from start_offset to end_offset.")
    start_offset = dy.Int32(min=0, description="Where the text begins in core.articles.body: characters before it.")
    end_offset = dy.Int32(
        min=1, description="Where it ends: characters before what follows it, so body[start_offset + 1:end_offset] in DuckDB."
    )
    run_id = dy.String(regex=HEX16, description="Run that loaded the row; ops.runs.")
