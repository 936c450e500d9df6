"""broadsheet relate: which articles are copies, by hand; a load does the same at its end."""

from pathlib import Path

from flows import stop
from flows.commands.orchestrated import orchestrated
from flows.invocation import home_option, program
from flows.settings import read_settings
from flows.terminal import put, put_json
from warehouse.connection import expect_snapshot


def run(home: Path, anew: bool, as_json: bool) -> int:
    """Relate what is not related yet. Raises what the error tree says."""
    settings = read_settings(home=home)
    if settings.lake is None:
        expect_snapshot(settings.absolute_home)
    with stop.on_signals(to_the_end=True), orchestrated("flows.relate_articles", "relate_articles") as relate_articles:
        done = relate_articles(str(settings.home), anew)
    if done is None:
        put("Articles are related; how many rows changed Prefect's server was too busy to say.")
        return 0
    if as_json:
        put_json(done)
        return 0
    put(f"{done['articles']} articles related, {done['changed']} rows of core.copies and core.stories changed")
    put(f'next            {program()} sql "SELECT relation, count(*) FROM core.copies GROUP BY ALL"{home_option(settings.home)}')
    return 0
