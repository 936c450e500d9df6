"""How much there is to do: the files that the ledger does not have, and no page of them read."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tasks.planning.batches import FILES_PER_LOOKUP, Known
from tasks.planning.known import covered_up_to, dealt_with
from tasks.sources.page import FoundFile, InputFile, Tally, Unreached, Unreadable
from warehouse.ledger import KnownStretch

AnyFile = FoundFile | InputFile | Unreached | Unreadable


@dataclass(slots=True)
class DealtWith:
    """What needs no more: pages of known stretches, and what is no page, by reason: records of those stretches, and files."""

    pages: int = 0
    passed_over: Tally = field(default_factory=Tally)

    def add(self, stretches: Sequence[KnownStretch]) -> None:
        for stretch in stretches:
            self.pages += stretch.page_count
            self.passed_over.update(json.loads(stretch.passed_over or "{}"))


@dataclass(slots=True)
class Survey:
    """What a run over these files finds. Those to read are kept, about 0.5 kB each, so that folders are walked once in a run."""

    complete_files: int = 0  # known to their end
    complete: DealtWith = field(default_factory=DealtWith)
    begun: DealtWith = field(default_factory=DealtWith)  # the part of pending files that is known
    pending: list[InputFile | Unreadable] = field(default_factory=list)
    pending_bytes: int = 0

    @property
    def files(self) -> int:
        return self.complete_files + len(self.pending)

    @property
    def known_pages(self) -> int:
        return self.complete.pages + self.begun.pages

    @property
    def passed_over(self) -> Tally:
        return self.complete.passed_over + self.begun.passed_over

    def again(self, known_inputs: Known) -> "Survey":
        """The same files as the ledger has them now: another run may have read some of them since."""
        settled = DealtWith(self.complete.pages, Tally(self.complete.passed_over))
        return _judge(Survey(self.complete_files, settled), self.pending, known_inputs, None)


def survey(found: Iterable[AnyFile], known_inputs: Known, kind: str | None = None, passed_over: Tally | None = None) -> Survey:
    """Files of `found` that are known to their end stay unopened, of others the beginning is read, once.

    `known_inputs` answers with rows of ops.inputs by file key; `kind` forces the source of all files; `passed_over` is what
    `found` counts while it is drawn. Raises SettingsInvalid for a kind that there is not.
    """
    if kind is not None:
        from tasks.sources.catalogue import source_of  # as below

        source_of(kind)
    return _judge(Survey(complete=DealtWith(passed_over=Tally() if passed_over is None else passed_over)), found, known_inputs, kind)


def _judge(result: Survey, found: Iterable[AnyFile], known_inputs: Known, kind: str | None) -> Survey:
    found = iter(found)
    while chunk := list(islice(found, FILES_PER_LOOKUP)):
        known = known_inputs([item.key for item in chunk if isinstance(item, FoundFile | InputFile)])
        for item in chunk:
            done = dealt_with(item, known)[0] if isinstance(item, FoundFile | InputFile) else []
            reached, is_complete = covered_up_to(done)
            if is_complete:
                result.complete_files += 1
                result.complete.add(done)
                continue
            for file in _recognised(item, kind, result.complete.passed_over):
                result.pending.append(file)
                if isinstance(file, InputFile):
                    result.begun.add(done)
                    result.pending_bytes += max(file.size - reached, 0)
    return result


def _recognised(item: AnyFile, kind: str | None, passed_over: Tally) -> Iterator[InputFile | Unreadable]:
    if isinstance(item, InputFile | Unreadable):
        yield item
        return
    from tasks.sources.recognition import recognise  # with every source; takes 0.1 s, and where nothing is new no file is opened

    if (file := recognise(item, kind, passed_over)) is not None:
        yield file
