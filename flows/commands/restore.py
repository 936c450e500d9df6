"""broadsheet restore: damaged text as it was, without a warehouse; the same function as in the pipeline."""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from tasks.restoration.charset import decode
from tasks.restoration.intact_text import IntactText
from tasks.restoration.repairs import Repair, Restored
from tasks.restoration.restore import restore
from warehouse.errors import SourceUnreadable

STDIN = "-"
HELD_BYTES = 64 * 2**20  # of standard input that are held in memory; more is put into a temporary file
SILENT_SECONDS = 5.0  # a shorter run says nothing of its progress


def run(file: str, as_json: bool, as_jsonl: bool) -> int:
    """Print the restored text, or what was done to it; 1 where lines could not be read. Raises SourceUnreadable."""
    with opened(file) as source:
        if as_jsonl:
            return restore_lines(source)
        restored = restore(decode(source.read()).text)
    if as_json:
        told = {"restored": restored.text, "is_cloaked": restored.is_cloaked, "scores": restored.scores, "repairs": repairs_of(restored)}
        put(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        put(restored.text)
    return 0


@contextmanager
def opened(file: str) -> Iterator[IO[bytes]]:
    """The file, or standard input, so that it can be read twice. Raises SourceUnreadable."""
    try:
        if file == STDIN:
            with tempfile.SpooledTemporaryFile(HELD_BYTES) as spool:
                shutil.copyfileobj(sys.stdin.buffer, spool)
                spool.seek(0)
                yield spool
        else:
            with Path(file).open("rb") as source:
                yield source
    except OSError as error:
        reason = error.strerror or error
        raise SourceUnreadable(f"expected text to read in {file}, got: {reason}. Give a file, or - for standard input.") from error


def restore_lines(source: IO[bytes]) -> int:
    """Each line of {id, text} as {id, restored, is_cloaked, repairs}, in order; 1 if a line was none.

    Twice over the input: what stands intact in any line decides about the damaged ones.
    """
    intact, started, failed, total = _intact(source), time.monotonic(), 0, 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        total += 1
        try:
            record = record_of(line)
        except ValueError as error:
            failed += 1
            click.echo(json.dumps({"line": number, "error": str(error)}, ensure_ascii=False), err=True)
            continue
        restored = restore(record["text"], intact.near(record["text"]))
        told = {"id": record["id"], "restored": restored.text, "is_cloaked": restored.is_cloaked, "repairs": repairs_of(restored)}
        put(json.dumps(told, ensure_ascii=False) + "\n")
        if total % 1000 == 0 and time.monotonic() - started > SILENT_SECONDS:
            click.echo(f"broadsheet: {total} lines restored, {total / (time.monotonic() - started):.0f} a second", err=True)
    if failed:
        click.echo(f"broadsheet: {failed} of {total} lines were no object with id and text; the others are restored.", err=True)
    return 1 if failed else 0


def record_of(line: bytes) -> dict[str, Any]:
    """A line's object. Raises ValueError, which says what is expected, where it is none with an id and a text."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ValueError(f"expected a JSON object in UTF-8, got: {error}") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str) or "id" not in record:
        came = f"an object with {', '.join(record) or 'nothing'}" if isinstance(record, dict) else type(record).__name__
        raise ValueError(f'expected an object with "id" and a string "text", got: {came}')
    return record


def repairs_of(restored: Restored) -> list[dict[str, Any]]:
    """The repairs by the names that core.repairs has for them, offsets into the whole text."""
    return [_told(repair) for repair in restored.repairs]


def put(text: str) -> None:
    """Text on standard output, in UTF-8 whatever the terminal's locale says; lone surrogates as question marks."""
    click.echo(text.encode("utf-8", "replace"), nl=False)


def _told(repair: Repair) -> dict[str, Any]:
    return {
        "start_offset": repair.start, "end_offset": repair.end,
        "restored_start": repair.restored_start, "restored_end": repair.restored_end,
        "before": repair.before, "after": repair.after, "method": repair.method, "evidence": repair.evidence,
        "round_trip": "proved" if repair.is_proved else "not proved", "confidence": round(repair.confidence, 6),
        "candidates": [{"text": text, "share": round(share, 6)} for text, share in repair.candidates], "status": repair.status,
    }  # fmt: skip


def _intact(source: IO[bytes]) -> IntactText:
    """What stands undamaged in the input, which is then at its beginning again."""
    intact = IntactText()
    for line in source:
        try:
            intact.add(record_of(line)["text"])
        except ValueError:
            continue  # told when its turn comes
    source.seek(0)
    return intact
