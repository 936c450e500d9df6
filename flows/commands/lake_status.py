"""broadsheet lake status: how the lake stands."""

from flows.invocation import program
from flows.settings import lake_address
from flows.terminal import put, put_json
from warehouse.lake.attach import open_lake
from warehouse.lake.presence import Presence
from warehouse.lake.runs import running_runs
from warehouse.lake.standing import Standing, standing


def run(as_json: bool) -> int:
    """Numbers, and what to do about them. Raises what open_lake does."""
    address = lake_address()
    looker = Presence(address, None)
    try:
        with open_lake(address, read_only=True) as con:
            running = running_runs(con)
            stands = standing(con, running, looker.alive(running))
    finally:
        looker.close()
    if as_json:
        put_json(stands.as_dict() | {"store": address.store})
    else:
        for line in lines(stands, str(address)):
            put(line)
    return 0


def lines(stands: Standing, address: str) -> list[str]:
    """The same to be read."""
    since, until = (f"{moment:%Y-%m-%d %H:%M}" for moment in (stands.oldest_state, stands.newest_state))
    out = [
        f"lake            {stands.lake_id} at {address}, tables up to {stands.migration:04d}",
        f"pages           {stands.pages:>12,}   {stands.articles:,} articles, {stands.batches:,} batches, {stands.commits:,} commits",
        f"files           {stands.files:>12,}   {stands.bytes / 1e6:,.1f} MB",
        f"states          {stands.states:>12,}   {since} to {until}; newest {stands.snapshot_id}",
        f"runs            {len(stands.runs_alive):>12,}   under way",
    ]
    if killed := ", ".join(stands.runs_killed):
        out.append(f"                {len(stands.runs_killed):>12,}   were killed; the next load tells them interrupted: {killed}")
    if stands.unrelated:
        out.append(f"not related     {stands.unrelated:>12,}   articles: whether they are copies no row says yet")
        out.append(f"next            {program()} relate")
    if stands.is_upkeep_due:
        out.append(f"next            {program()} lake maintain: many small files make every question slower")
    return out
