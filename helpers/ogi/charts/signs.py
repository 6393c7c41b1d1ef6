"""The signs beside the points of matplotlib's axes, each where it hides no point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot, isnan
from typing import TYPE_CHECKING

from ogi.charts.style import text_width

if TYPE_CHECKING:  # a page is made without it
    from matplotlib.axes import Axes

Place = tuple[float, float]
_SIZE = 9.0
"""Points: the height of a sign."""
_FREE = 8.0
"""Points from the middle of a sign within which no point and no line is."""
_CLEAR = 2.0
"""Points between a sign and the axis below it."""
_STEPS = 12
"""Places looked at on each line between two points."""


def write(axes: Axes, signs: Sequence[tuple[Place, str, str]]) -> None:
    """Write each sign, given with its point and its colour, beside it, over no point and no other sign.

    The axes have their lines and their place in the figure already.
    """
    taken = list(_drawn(axes))
    dots = 72 / axes.figure.dpi
    # Lower than this a sign would lie on the axis, or on the years below it.
    low = float(dots * axes.get_window_extent().y0) + _SIZE / 2 + _CLEAR
    for at, sign, colour in signs:
        x, y = (float(dots * pixel) for pixel in axes.transData.transform(at))
        offset = _offset((x, y), sign, taken, low)
        taken.append((x + offset[0], y + offset[1]))
        note = axes.annotate(sign, at, offset, textcoords="offset points", ha="center", va="center")
        note.set(color=colour, size=_SIZE)
        note.set_in_layout(False)  # it moves nothing of what it was placed by


def _offset(at: Place, sign: str, taken: Sequence[Place], low: float) -> Place:
    """The first place around the point that is free, in points from it, else the freest; none below `low`."""
    wide, high = 5 + text_width(sign, _SIZE) / 2, 10.0
    around = [
        (0, high),
        (0, -high),
        (wide, high),
        (-wide, high),
        (wide, -high),
        (-wide, -high),
        (wide + 3, 0),
        (0, 1.8 * high),
    ]
    around = [place for place in around if at[1] + place[1] >= low]
    rooms = [
        min((hypot(at[0] + x - there[0], at[1] + y - there[1]) for there in taken), default=_FREE)
        for x, y in around
    ]
    free = [place for place, room in zip(around, rooms, strict=True) if room >= _FREE]
    return free[0] if free else around[rooms.index(max(rooms))]


def _drawn(axes: Axes) -> Iterator[Place]:
    """The points of all lines, and places on the lines between them, in points from the figure's corner."""
    dots = 72 / axes.figure.dpi
    for line in axes.get_lines():
        if line.get_transform() != axes.transData:  # a change of the form, from edge to edge
            continue
        path = [tuple(dots * at) for at in axes.transData.transform(line.get_xydata())]
        yield from ((x, y) for x, y in path if not isnan(y))
        for (x, y), (to_x, to_y) in pairwise(path):
            if not isnan(y + to_y):
                parts = (step / _STEPS for step in range(1, _STEPS))
                yield from ((x + part * (to_x - x), y + part * (to_y - y)) for part in parts)
