"""Charts as SVG, drawn here: they need no script. What they show stands in the table beside them, too."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from warehouse.explorer.cells import shown

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 1000, 56, 40, 14, 30
LINES_HEIGHT, RANK_HEIGHT = 300, 22
ROUND = (4, 8, 12, 16, 20, 24, 32, 40, 60, 80, 100)
NUMBER_WIDTH, NUMBER_HEIGHT = 20, 13  # of the number at the end of a line
MOST_DOTS = 20  # times of a line that are dotted
SERIES = 12  # colours that style.css has
MOST_RANK = 15  # of a rank chart
NAME_CHARACTERS = 110
Place = tuple[float, float]
Point = tuple[datetime, str, float]
STEPS: dict[str, Callable[[datetime], datetime]] = {
    "day": lambda at: at + timedelta(days=1),
    "week": lambda at: at + timedelta(days=7),
    "month": lambda at: (at.replace(day=1) + timedelta(days=32)).replace(day=1),
    "year": lambda at: at.replace(year=at.year + 1),
}
MOST_PLACES = 2_000  # of all lines of a chart together: a view stays small
LAST_YEAR = 9_990  # dates end at 9999


def lines(points: Sequence[Point], unit: str, per: str, *, is_filled: bool = True) -> Markup:
    """A line for each name over time, `unit` upwards from 0. A time of which points of other names tell is 0; `is_filled`: so is one
    of which none tells."""
    names = _names(points)
    if not names:
        return Markup()
    every = _every({at for at, _, _ in points}, per) if is_filled else sorted({at for at, _, _ in points})
    times = every[-MOST_PLACES // len(names) :]
    told = {(at, name): value for at, name, value in points}
    top = _round_up(max(value for _, _, value in points))
    across = _scale(times[0], times[-1])
    height = TOP + LINES_HEIGHT + BOTTOM
    marks = Markup().join(_mark(TOP + LINES_HEIGHT * (1 - step / 4), f"{top * step / 4:,g}") for step in range(5))
    paths = [[(across(at), TOP + LINES_HEIGHT * (1 - told.get((at, name), 0) / top)) for at in times] for name in names]
    drawn = Markup().join(_series(number, [path], is_dotted=len(times) <= MOST_DOTS) for number, path in enumerate(paths)) + _ends(paths)
    label = f"{unit} over time, from {times[0]:%Y-%m-%d} to {times[-1]:%Y-%m-%d}, at most {max(v for _, _, v in points):,g}"
    note = (
        Markup("<p class=dim>The chart begins {}; the table has all.</p>\n").format(f"{times[0]:%Y-%m-%d}") if times != every else Markup()
    )
    return (
        _chart(height, label, marks + _days(times, across, height), drawn) + note + (_legend(names, None) if len(names) > 1 else Markup())
    )


def ranks(points: Sequence[Point], lang: str | None) -> Markup:
    """A line for each headline over time, rank 1 at the top; `lang`: of the headlines, where it is known."""
    shown_points = [point for point in points if point[2] <= MOST_RANK]
    names = _names(shown_points)
    if not names:
        return Markup()
    times = sorted({at for at, _, _ in shown_points})
    lowest = int(max(rank for _, _, rank in shown_points))
    across, height = _scale(times[0], times[-1]), TOP + RANK_HEIGHT * lowest + BOTTOM
    down: Callable[[float], float] = lambda rank: TOP + RANK_HEIGHT * (rank - 0.5)  # noqa: E731
    marks = Markup().join(_mark(down(rank), str(rank)) for rank in range(1, lowest + 1))
    paths = [_stretches({at: (across(at), down(rank)) for at, each, rank in shown_points if each == name}, times) for name in names]
    drawn = Markup().join(_series(number, path, is_dotted=True) for number, path in enumerate(paths)) + _ends([path[-1] for path in paths])
    label = f"ranks of {len(names)} headlines over time, from {times[0]:%Y-%m-%d %H:%M} to {times[-1]:%Y-%m-%d %H:%M}, 1 at the top"
    return _chart(height, label, marks + _days(times, across, height), drawn) + _legend(names, lang)


def _names(points: Sequence[Point]) -> list[str]:
    return list(dict.fromkeys(name for _, name, _ in points))[:SERIES]


def _every(there: set[datetime], per: str) -> list[datetime]:
    """All times between the first and the last, so that none looks shorter than it was."""
    found: list[datetime] = []
    at, last = min(there), max(there)
    while at <= last and at.year < LAST_YEAR:
        found.append(at)
        at = STEPS[per](at)
    return sorted({*found, *there})


def _scale(first: datetime, last: datetime) -> Callable[[datetime], float]:
    length = (last - first).total_seconds()
    return lambda at: LEFT + (WIDTH - LEFT - RIGHT) * ((at - first).total_seconds() / length if length else 0.5)


def _stretches(there: Mapping[datetime, Place], times: Sequence[datetime]) -> list[list[Place]]:
    """A line ends where its story was not seen at the next time, and another begins where it is seen again."""
    found: list[list[Place]] = []
    is_open = False
    for at in times:
        if at in there and is_open:
            found[-1].append(there[at])
        elif at in there:
            found.append([there[at]])
        is_open = at in there
    return found


def _series(number: int, stretches: Sequence[Sequence[Place]], *, is_dotted: bool) -> Markup:
    drawn = Markup()
    for path in stretches:
        drawn += Markup('<polyline class="line" points="{}"/>').format(" ".join(f"{x:.0f},{y:.1f}" for x, y in path))
        drawn += Markup().join(Markup('<circle class="dot" cx="{:.0f}" cy="{:.1f}" r="4"/>').format(x, y) for x, y in path if is_dotted)
    return Markup('<g class="s{}">{}</g>\n').format(number % SERIES, drawn)


def _ends(paths: Sequence[Sequence[Place]]) -> Markup:
    """The number of each line at its end; those of neighbours are moved apart."""
    out, free = Markup(), dict[int, float]()
    for number, (x, y) in sorted(((number, path[-1]) for number, path in enumerate(paths)), key=lambda end: end[1]):
        column = round(x / NUMBER_WIDTH)
        at = max(y, free.get(column, 0.0))
        free[column] = at + NUMBER_HEIGHT
        out += Markup('<text class="end s{}" x="{:.0f}" y="{:.1f}">{}</text>').format(number % SERIES, x + 8, at + 4, number + 1)
    return out


def _mark(y: float, told: str) -> Markup:
    text = Markup('<text x="{}" y="{:.1f}" text-anchor="end">{}</text>').format(LEFT - 10, y + 4, told)
    return Markup('<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(LEFT, WIDTH - RIGHT, y, y) + text


def _days(times: Sequence[datetime], across: Callable[[datetime], float], height: int) -> Markup:
    """The first time and the last, and some between them that stand apart."""
    form = "%Y-%m-%d" if times[-1] - times[0] > timedelta(days=3) else "%m-%d %H:%M"
    out, free = Markup(), -1.0
    for at in dict.fromkeys([*times[:: max(1, len(times) // 8)], times[-1]]):
        x = across(at)
        if x >= free:
            out += Markup('<text x="{:.0f}" y="{}" text-anchor="middle">{}</text>').format(x, height - 8, f"{at:{form}}")
            free = x + 90
    return out


def _chart(height: int, label: str, *drawn: Markup) -> Markup:
    around = Markup('<div class="figure" tabindex="0" role="region" aria-label="Chart">')
    head = Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(WIDTH, height, label)
    return around + head + Markup().join(drawn) + Markup("</svg></div>\n")


def _legend(names: Sequence[str], lang: str | None) -> Markup:
    spoken = Markup(' lang="{}"').format(lang) if lang else Markup()
    swatch = Markup('<svg class="s{}" viewBox="0 0 14 14" aria-hidden="true"><rect class="swatch" width="14" height="14" rx="3"/></svg>')
    lines = [
        Markup("<li>{}<b>{}</b> <span dir=auto{}>{}</span></li>").format(
            swatch.format(number % SERIES), number + 1, spoken, shown(name[:NAME_CHARACTERS])
        )
        for number, name in enumerate(names)
    ]
    return Markup('<ol class="legend">{}</ol>\n').format(Markup().join(lines))


def _round_up(value: float) -> float:
    """The next of ROUND, which have four equal parts, times a power of ten."""
    power = 10.0 ** max(0, math.floor(math.log10(max(value, 1))) - 1)
    return next(step * power for step in ROUND if step * power >= value)
