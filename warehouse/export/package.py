"""The description beside the files: a Data Package, version 2, https://datapackage.org/standard/data-package/."""

import json
import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.export.chosen import Chosen
from warehouse.export.order import Order, WrittenResource
from warehouse.export.target import DESCRIPTOR, MADE_BY
from warehouse.tables.contract import lineage
from warehouse.version import VERSION

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA_TYPES = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv", "jsonl": "application/jsonl"}
DIALECT = {"header": True, "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}
_LICENCE_NAME = re.compile(r"[-A-Za-z0-9._]+")


def descriptor(snapshot: dict[str, Any], given: Sequence[tuple[Chosen, WrittenResource]], order: Order) -> dict[str, Any]:
    """What datapackage.json says; `snapshot`: the row of ops.snapshot."""
    asked = {name: str(value) for name in ("query", "since", "until", "host") if (value := getattr(order, name)) is not None}
    return {
        "$schema": PROFILE,
        "name": "broadsheet",
        "id": f"broadsheet:{snapshot['snapshot_id']}",
        "title": "News pages as rows, from a Broadsheet warehouse",
        "description": _description(snapshot["snapshot_id"], order),
        "created": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "version": snapshot["snapshot_id"],
        "licenses": [_licence(order.licence)],
        "madeBy": MADE_BY,
        "madeByVersion": VERSION,
        "snapshot": {name: _text(snapshot[name]) for name in ("snapshot_id", "published_at", "run_id", "version")},
        **({"asked": asked} if asked else {}),
        "resources": [_resource(one, written, order, [each for each, _ in given]) for one, written in given],
    }


def _description(snapshot_id: str, order: Order) -> str:
    cells = " Texts that a spreadsheet would take for a formula have an apostrophe before them, control characters are escapes."
    return f"Written from the published state {snapshot_id}: cite it by this name." + (
        cells if order.format == "csv" and not order.is_raw else ""
    )


def write_descriptor(package: Path, told: dict[str, Any]) -> None:
    """Written last: where it stands, everything does."""
    with (package / DESCRIPTOR).open("w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def _resource(one: Chosen, written: WrittenResource, order: Order, all_of_them: Sequence[Chosen]) -> dict[str, Any]:
    paths = [part.path for part in written.parts]
    is_parted = written.moment is not None
    return {
        "name": one.name,
        "type": "table",
        "path": paths if is_parted else paths[0],
        "format": order.format,
        "mediatype": MEDIA_TYPES[order.format],
        **({"encoding": "utf-8"} if order.format != "parquet" else {}),
        **({"compression": "gz"} if order.is_packed else {}),
        **({"dialect": DIALECT} if order.format == "csv" else {}),
        **({"description": one.description} if one.description else {}),
        "rowCount": written.row_count,
        "bytes": written.byte_count,
        **({} if is_parted else {"hash": written.parts[0].digest}),
        **({"partedBy": {"column": written.moment, "by": order.parts, "zone": "UTC"}} if is_parted else {}),
        **({"parts": [{"path": p.path, "bytes": p.byte_count, "hash": p.digest} for p in written.parts]} if is_parted else {}),
        "schema": _schema(one, order, all_of_them),
    }


def _schema(one: Chosen, order: Order, all_of_them: Sequence[Chosen]) -> dict[str, Any]:
    fields = [column.field(order.format) for column in one.columns]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""] if order.format == "csv" else []}
    if one.contract is None:
        return schema
    schema["primaryKey"] = list(one.contract.primary_key())
    parents = [each for each in all_of_them if each.contract in lineage(one.contract)[:-1]]
    if parents and not (one.moment and (order.since or order.until)):  # by moments of their own rows may come without their parents'
        nearest = max(parents, key=lambda each: lineage(one.contract).index(each.contract))  # type: ignore[arg-type]
        key = list(nearest.contract.primary_key())  # type: ignore[union-attr]
        schema["foreignKeys"] = [{"fields": key, "reference": {"resource": nearest.name, "fields": key}}]
    return schema


def _licence(text: str) -> dict[str, str]:
    """A name such as CC-BY-4.0, or a note of one's own."""
    return {"name": text} if _LICENCE_NAME.fullmatch(text) else {"name": "other-closed", "title": text}


def _text(value: Any) -> Any:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value
