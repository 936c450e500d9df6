"""What `broadsheet explain` prints of a capture: where it came from, its fate, its fields, listings, statements, repairs, other rows."""

from collections import Counter
from itertools import groupby
from typing import Any

from tasks.dissection.findings import LISTING_FIELD, listing_field
from tasks.dissection.words.zones import zone_info
from warehouse.tables import PAGE_FAMILY, Articles, Credits, Evidence, Images, ListingItems, Pages, Repairs, Statements
from warehouse.tables.contract import name_of

WIDTH = 100  # characters of a value that are shown; --json gives all
MOST_REPAIRS = 20  # of a method that are shown; --json gives all
MOST_ITEMS = 10  # of a listing, or rows of a table, that are shown; --json gives all
SURE = 0.995  # a confidence that is printed as 1.00 is not printed
# Told in words of their own, or by the evidence of their fields; rows of any other table of a page are shown as they are.
TOLD = {Pages, Evidence, ListingItems, Statements, Repairs, Articles, Credits, Images}
Row = dict[str, Any]


def lines(capture: Row) -> list[str]:
    """One capture, line by line."""
    out = [f"{capture['url'] or capture['source_uri']}", f"  page_id      {capture['page_id'] or '-'}"]
    names = ("observed_at", "observed_after", "charset", "source_uri", "warc_uri")
    out += [f"  {name:<12} {capture[name]}" for name in names if capture.get(name)]
    out += [f"  REJECTED     {row['reason']}: {row['detail'] or row['expectation'] or ''}" for row in capture["rejects"]]
    told = {finding["field"]: finding for finding in capture["evidence"]}
    for name, finding in told.items():
        out += [] if name.startswith(LISTING_FIELD) else ["", *_finding(finding)]
    for number, items in groupby(capture["listing_items"], key=lambda item: item["listing_number"]):
        out += ["", *_listing(list(items), told.pop(listing_field(number), None))]
    for name, finding in told.items():  # listings whose items were refused
        out += ["", *_finding(finding)] if name.startswith(LISTING_FIELD) else []
    out += _statements(capture["statements"])
    out += _copies(capture["copies"])
    out += _repairs(capture["repairs"])
    for name in (name_of(table) for table in PAGE_FAMILY if table not in TOLD):
        out += _others(name, capture[name])
    return [*out, ""]


def _finding(finding: Row) -> list[str]:
    out = [f"  {finding['field']} = {_short(finding['value'])}"]
    out.append(f"    from {finding['source'] or 'nothing'}" + (f": {finding['reason']}" if finding["reason"] else ""))
    return out + [f"    {c['verdict'][:38]:<40}{c['source']:<28}{_short(c['value'])}" for c in finding["candidates"]]


def _listing(items: list[Row], finding: Row | None) -> list[str]:
    """A listing: its kind and label, why it is one, and its items with what is printed beside them."""
    first = items[0]
    out = [f"  listing {first['listing_number']} = {first['kind']}, {_short(first['label'] or 'no label')}, {len(items)} items"]
    out += [f"    {finding['reason']}"] if finding and finding["reason"] else []
    out += [f"    {item['position']:>3}  {_short(item['headline'])}{_beside(item)}" for item in items[:MOST_ITEMS]]
    return out + ([f"         … {len(items) - MOST_ITEMS} more: --json"] if len(items) > MOST_ITEMS else [])


def _beside(item: Row) -> str:
    moment = f"{_local(item)} ({item['listed_source']})" if item["listed_at"] else item["listed_text"]
    counts = [f"{item[name]} {word}" for name, word in COUNTED.items() if item[name] is not None]
    rank = f"rank {item['rank']}" if item["rank"] else None
    said = [part for part in (rank, moment, item["topic"], *counts) if part]
    return "".join(f"  · {part}" for part in said)


def _local(item: Row) -> str:
    """When the item was listed, by the clock of its page, as exactly as that tells."""
    local = item["listed_at"].astimezone(zone_info(item["listed_zone"]))
    return f"{local:%Y-%m-%d %H:%M}" if item["listed_precision"] in ("minute", "hour") else f"{local:%Y-%m-%d}"


def _statements(turns: list[Row]) -> list[str]:
    out = ["", f"  statements = {len(turns)} turns"] if turns else []
    for turn in turns:
        speaker = " = ".join(part for part in (turn["speaker_label"], turn["speaker"]) if part) or "-"
        out.append(f"    {turn['turn']:>3}  {turn['kind']:<9} {_short(speaker)}: {_short(turn['text'])}")
    return out


def _copies(relations: list[Row]) -> list[str]:
    """Whose text it is, and who else has it."""
    out = ["", f"  copies = {len(relations)} relations"] if relations else []
    for row in relations[:MOST_ITEMS]:
        shared = f", {row['similarity']:.0%} of the copy" if row["similarity"] is not None else ""
        captured = "" if row["other_page_id"] else ", never captured"
        out.append(
            f"    {row['side']:<9} {row['relation']:<15}{_short(row['other_url'])}{captured}{shared}, confidence {row['confidence']:.2f}"
        )
        out.append(f"      {', '.join(row['evidence'])}")
    return out + ([f"         … {len(relations) - MOST_ITEMS} more: --json"] if len(relations) > MOST_ITEMS else [])


def _repairs(repairs: list[Row]) -> list[str]:
    """What restoration did, by method: how often, how much of it is proved, and the first spans."""
    counts = Counter(row["status"] for row in repairs)
    out = ["", f"  repairs = {len(repairs)} spans: " + ", ".join(f"{n} {status}" for status, n in counts.most_common())] if repairs else []
    by_method: dict[str, list[Row]] = {}
    for row in repairs:
        by_method.setdefault(row["method"], []).append(row)
    for method, rows in sorted(by_method.items(), key=lambda item: -len(item[1])):
        out.append(f"    {method}: {len(rows)}, {sum(row['round_trip'] == 'proved' for row in rows)} proved")
        out += [f"      {row['field']}@{row['start_offset']}  {_change(row)}" for row in rows[:MOST_REPAIRS]]
        out += [f"         … {len(rows) - MOST_REPAIRS} more: --json"] if len(rows) > MOST_REPAIRS else []
    return out


def _others(name: str, rows: list[Row]) -> list[str]:
    out = ["", f"  {name} = {len(rows)} rows"] if rows else []
    out += ["    " + ", ".join(f"{column} {_short(str(value))}" for column, value in row.items()) for row in rows[:MOST_ITEMS]]
    return out + ([f"         … {len(rows) - MOST_ITEMS} more: --json"] if len(rows) > MOST_ITEMS else [])


def _change(row: Row) -> str:
    sure = "" if row["status"] == "restored" and row["confidence"] >= SURE else f"  · {row['status']}, confidence {row['confidence']:.2f}"
    return f"{_short(row['before'])} → {_short(row['after'])}{sure}" + (f"  · {row['evidence']}" if row["evidence"] else "")


def _short(value: str | None) -> str:
    text = " ".join((value or "-").split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


COUNTED = {"comment_count": "comments", "like_count": "likes", "read_count": "reads"}
