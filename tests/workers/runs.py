"""A run over a folder with nothing left out but Prefect, so that a test can put something between planning and reading."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tasks.loading.batch import load
from tasks.loading.fates import Fates
from tasks.planning.batches import PageBatch, plan_batches
from tasks.planning.survey import Survey, survey
from tasks.raw_store.store import RawStore
from tasks.sources.catalogue import plan
from tasks.sources.discovery import discover
from tasks.sources.page import Tally
from tasks.staging.staged_batch import StagedBatch
from warehouse.connection import Connection, open_loader
from warehouse.ledger import known_inputs

Finish = Callable[[PageBatch], StagedBatch]


@dataclass(slots=True)
class Done:
    """What a run did: the offsets it planned, and the fates of its batches added up."""

    planned: list[int] = field(default_factory=list)
    fates: Fates = field(default_factory=Fates)
    tried_again: int = 0
    known_pages: int = 0  # of stretches that were dealt with before


def pending(folder: Path, home: Path) -> Survey:
    """What `broadsheet ingest` sees first: how much there is to do."""
    with open_loader(home) as con:
        return survey(discover([folder], Tally()), lambda keys: known_inputs(con, keys))


def run_over(folder: Path, home: Path, finish: Finish, run_id: str, *, batch_pages: int = 250) -> Done:
    """Load what is new under `folder`, each batch finished by `finish`."""
    done, raw_store = Done(), RawStore(home)
    with open_loader(home) as con:
        todo = survey(discover([folder], Tally()), lambda keys: known_inputs(con, keys))
        done.known_pages = todo.known_pages
        planned = plan_batches(todo.pending, plan, lambda keys: known_inputs(con, keys), run_id=run_id, batch_pages=batch_pages)
        for batch in planned:
            done.planned += [getattr(piece, "ref", piece).offset for piece in batch.pieces]
            _load(con, raw_store, batch, finish(batch), done)
    return done


def _load(con: Connection, raw_store: RawStore, batch: PageBatch, staged: StagedBatch, done: Done) -> None:
    loaded = load(con, raw_store, batch, staged)
    done.fates.loaded += loaded.fates.loaded
    done.fates.known += loaded.fates.known
    done.fates.rejected.update(loaded.fates.rejected)
    done.tried_again += staged.tried_again
