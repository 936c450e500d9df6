"""Changes of one method after another as one list: from the text as it came to the text as it is now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tasks.restoration.changes import Change, applied

LAST = "script"  # what it changes is told by the text alone: a change merged with others has their evidence


@dataclass(slots=True)
class _Cluster:
    """Changes that overlap, in characters of the text between the two methods."""

    start: int
    end: int
    first: list[Change]
    second: list[Change]


def composed(between: str, first: Sequence[Change], second: Sequence[Change]) -> list[Change]:
    """Changes that do what `first` and then `second` does, with offsets into the text before both. `between` is that after `first`."""
    if not first:
        return list(second)
    out: list[Change] = []
    shift = 0  # what `first` has added up to here
    for cluster in _clusters(first, second):
        start = cluster.start - shift
        shift += sum(len(c.after) - (c.end - c.start) for c in cluster.first)
        after = _within(between, cluster)
        parts = sorted((*cluster.first, *cluster.second), key=lambda change: change.method == LAST)
        out.append(replace(
            parts[0], start=start, end=cluster.end - shift, after=after, method="+".join(dict.fromkeys(c.method for c in parts)),
            is_proved=all(c.is_proved for c in parts if c.method != LAST or len(parts) == 1),
        ))  # fmt: skip
    return out


def _within(between: str, cluster: _Cluster) -> str:
    moved = [replace(c, start=c.start - cluster.start, end=c.end - cluster.start) for c in cluster.second]
    return applied(between[cluster.start : cluster.end], moved)


def _clusters(first: Sequence[Change], second: Sequence[Change]) -> Iterator[_Cluster]:
    """Both lists in order of where they stand in the text between, those that overlap together."""
    cluster: _Cluster | None = None
    for start, end, is_first, change in sorted(_placed(first, second), key=lambda item: (item[0], item[1])):
        if cluster is not None and start < cluster.end:
            cluster.end = max(cluster.end, end)
        else:
            if cluster is not None:
                yield cluster
            cluster = _Cluster(start, end, [], [])
        (cluster.first if is_first else cluster.second).append(change)
    if cluster is not None:
        yield cluster


def _placed(first: Sequence[Change], second: Sequence[Change]) -> Iterator[tuple[int, int, bool, Change]]:
    shift = 0
    for change in first:
        start = change.start + shift
        yield start, start + len(change.after), True, change
        shift += len(change.after) - (change.end - change.start)
    for change in second:
        yield change.start, change.end, False, change
