"""How much there is to do: files and bytes that the ledger does not have, counted without reading a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from tasks.planning.batches import FILES_PER_LOOKUP, Known, covered_up_to
from tasks.sources.page import InputFile, Unreadable


@dataclass(slots=True)
class Survey:
    """What a run over these files would find."""

    files: int = 0
    known_pages: int = 0  # pages of files that are known to their end
    pending_files: int = 0  # unreadable ones included
    pending_bytes: int = 0


def survey(found: Iterable[InputFile | Unreadable], known_inputs: Known) -> Survey:
    """`known_inputs` answers with rows of ops.inputs by file key."""
    result, found = Survey(), iter(found)
    while chunk := list(islice(found, FILES_PER_LOOKUP)):
        known = known_inputs([item.key for item in chunk if isinstance(item, InputFile)])
        for item in chunk:
            result.files += 1
            if isinstance(item, Unreadable):
                result.pending_files += 1
                continue
            done = [stretch for stretch in known.get(item.key, ()) if stretch.fingerprint == item.fingerprint]
            result.known_pages += sum(stretch.page_count for stretch in done)
            reached, is_complete = covered_up_to(done)
            if not is_complete:
                result.pending_files += 1
                result.pending_bytes += max(item.size - reached, 0)
    return result
