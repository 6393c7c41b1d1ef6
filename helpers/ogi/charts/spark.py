"""A line of a few pixels beside a number: its years, gaps, and where the form changes."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from ogi.charts import plot
from ogi.compare import Line

HEIGHT = 34
_PAD = 5


def sparkline(line: Line, words: str, hollow: Collection[int | None] = ()) -> str:
    """The series as an <svg>; `words` say what it shows to those who do not see it.

    Nothing is drawn over a missing year or a break; a dotted line stands where the form changes. `hollow`:
    the years whose numbers are in doubt, each with a hollow point.
    """
    known = [value for value in line.values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(*known, 0.0), max(known)
    scale = (HEIGHT - 2 * _PAD) / (high - low or 1)
    at = {year: 3 + 94 * n / (len(line.years) - 1) for n, year in enumerate(line.years)}
    found: list[str] = []
    points: list[tuple[int, float, float]] = []
    for year in line.form_changes:
        x = (at[year] + at[year - 1]) / 2
        found.append(plot.stroke(x, 0, x, HEIGHT, "f"))
    dots = {line.runs[-1][-1][0]}  # the last year
    for run in line.runs:
        ends = [(at[year], HEIGHT - _PAD - (value - low) * scale) for year, value in run]
        for (x, y), (to_x, to_y) in pairwise(ends):
            found.append(plot.stroke(x, y, to_x, to_y, "l0"))
        of_run = [year for year, _ in run]
        dots |= {year for year in of_run if year in hollow or len(run) == 1}
        points += [(year, *end) for year, end in zip(of_run, ends, strict=True)]
    # Last, so that no line is drawn over them.
    found += [plot.dot(x, y, 0, is_hollow=year in hollow) for year, x, y in points if year in dots]
    return plot.svg(found, HEIGHT, words, full=True)
