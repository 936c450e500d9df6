"""Which warehouse a run loads into: the file of its home, or the lake that settings name."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from flows.settings import Settings
from tasks.loading.loader import Loader


@contextmanager
def opened_loader(settings: Settings, run_id: str, on_wait: Callable[[str], None]) -> Iterator[Loader]:
    """The loader of one run. `on_wait` is told who is waited for: another run where it is a file, maintenance where it is a lake.

    Raises what open_loader or open_lake_loader do.
    """
    seconds, home = settings.lock_wait_seconds, settings.absolute_home
    if (lake := settings.lake) is not None:
        from tasks.loading.lake_loader import open_lake_loader

        with open_lake_loader(lake, run_id, seconds, on_wait) as lake_loader:
            yield lake_loader
        return
    from tasks.loading.file_loader import FileLoader
    from warehouse.connection import open_loader

    with open_loader(home, seconds, on_wait=on_wait) as connection, closing(FileLoader(connection, home)) as file_loader:
        yield file_loader
