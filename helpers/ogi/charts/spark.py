"""A line of a few pixels beside a number: its years, gaps, and where the form changes."""

from __future__ import annotations

from itertools import pairwise

from ogi.charts import plot
from ogi.compare import Line

HEIGHT = 34
_PAD = 5


def sparkline(line: Line, words: str) -> str:
    """The series as an <svg>; `words` say what it shows to those who do not see it.

    Nothing is drawn over a missing year or a break; a dotted line stands where the form changes.
    """
    known = [value for value in line.values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(*known, 0.0), max(known)
    scale = (HEIGHT - 2 * _PAD) / (high - low or 1)
    at = {year: 3 + 94 * n / (len(line.years) - 1) for n, year in enumerate(line.years)}
    found = []
    for year in line.form_changes:
        x = (at[year] + at[year - 1]) / 2
        found.append(plot.stroke(x, 0, x, HEIGHT, "f"))
    for run in line.runs:
        ends = [(at[year], HEIGHT - _PAD - (value - low) * scale) for year, value in run]
        for (x, y), (to_x, to_y) in pairwise(ends):
            found.append(plot.stroke(x, y, to_x, to_y, "l0"))
        if len(run) == 1:
            found.append(plot.dot(*ends[0], 0))
    year, value = line.runs[-1][-1]
    found.append(plot.dot(at[year], HEIGHT - _PAD - (value - low) * scale, 0))
    return plot.svg(found, HEIGHT, words, full=True)
