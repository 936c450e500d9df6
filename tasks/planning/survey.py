"""How much there is to do: files and bytes that the ledger does not have, counted without reading a page."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from tasks.planning.batches import FILES_PER_LOOKUP, Known
from tasks.planning.known import covered_up_to, dealt_with
from tasks.sources.page import InputFile, Tally, Unreadable


@dataclass(slots=True)
class Survey:
    """What a run over these files would find."""

    files: int = 0
    known_pages: int = 0  # pages of files that are known to their end
    pending_files: int = 0  # unreadable ones included
    pending_bytes: int = 0
    passed_over: Tally = field(default_factory=Tally)  # no pages: files that were met, records of known stretches


def survey(found: Iterable[InputFile | Unreadable], known_inputs: Known, passed_over: Tally | None = None) -> Survey:
    """`known_inputs` answers with rows of ops.inputs by file key; `passed_over` is what `found` counts while it is drawn."""
    result, found = Survey(passed_over=Tally() if passed_over is None else passed_over), iter(found)
    while chunk := list(islice(found, FILES_PER_LOOKUP)):
        known = known_inputs([item.key for item in chunk if isinstance(item, InputFile)])
        for item in chunk:
            result.files += 1
            if isinstance(item, Unreadable):
                result.pending_files += 1
                continue
            done, _failed = dealt_with(item, known)
            for stretch in done:
                result.passed_over.update(json.loads(stretch.passed_over or "{}"))
            result.known_pages += sum(stretch.page_count for stretch in done)
            reached, is_complete = covered_up_to(done)
            if not is_complete:
                result.pending_files += 1
                result.pending_bytes += max(item.size - reached, 0)
    return result
