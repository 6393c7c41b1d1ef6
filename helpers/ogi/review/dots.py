"""A dot plot with names: one indicator, agency by agency, on one scale, with the median of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import numpy as np

from ogi.arrays import FloatArray
from ogi.charts import plot

_ROW, _HEAD, _HISTOGRAM = 31, 26, 44
"""Pixels of an agency's row (its name above its dot), of a heading, and of the strip of all others."""
_BINS = 40
"""Bars of the strip: a phone has eight pixels for each."""
_LONGEST = 19
"""Characters of a name that a phone of 360 pixels has room for beside a value; there are counties of 25."""


@dataclass(frozen=True)
class Dot:
    """An agency and its value; `is_linked`: has it a page?"""

    name: str
    value: float
    is_linked: bool = True


@dataclass(frozen=True)
class DotGroup:
    """The agencies of one kind: those named, highest first, and the values of all others between them.

    `lowest`: how many of the named ones stand below the others.
    """

    name: str
    named: Sequence[Dot]
    others: FloatArray
    median: float
    lowest: int = 0


def dots(
    groups: Sequence[DotGroup], told: Callable[[float], str], others: Callable[[int], str], label: str
) -> str:
    """The drawing; `told` puts a value into words, `others` how many are drawn without a name."""
    values = [value for group in groups for value in (*(dot.value for dot in group.named), *group.others)]
    largest = max(values, default=0) or 1.0
    found: list[str] = []
    y = 0.0
    for group in groups:
        elements, y = _group(group, y, largest, told, others)
        found += elements
    return plot.svg(found, y + 4, label, full=True, role="group")


def _group(
    group: DotGroup, y: float, largest: float, told: Callable[[float], str], others: Callable[[int], str]
) -> tuple[list[str], float]:
    at = _across(group.median, largest)
    found = [plot.text(0, y + 15, group.name, "s")]
    y += _HEAD
    split = len(group.named) - group.lowest
    for dot in group.named[:split]:
        found += _row(dot, y, largest, told, at)
        y += _ROW
    if len(group.others) > 0:
        found += _strip(group.others, y, largest, others(len(group.others)))
        y += _HISTOGRAM
    for dot in group.named[split:]:
        found += _row(dot, y, largest, told, at)
        y += _ROW
    return found, y + 6


def _across(value: float, largest: float) -> float:
    """Where a value stands, in per cent, with room for a dot at either end."""
    return 1 + 97 * value / largest


def _row(dot: Dot, y: float, largest: float, told: Callable[[float], str], median: float) -> Iterator[str]:
    name = plot.text(0, y + 11, _short(dot.name)) + f"<title>{escape(dot.name)}</title>"
    # JupyterLab rewrites every href, and ends with an error at one in a drawing.
    link = f'<a xlink:href="{quote(dot.name)}/index.html">{name}</a>'
    yield link if dot.is_linked else f"<g>{name}</g>"
    yield f'<text x="100%" y="{y + 11:g}" text-anchor="end">{escape(told(dot.value))}</text>'
    yield plot.stroke(0, y + 21, 100, y + 21, "h")
    yield plot.stroke(median, y + 17, median, y + 25, "l3")
    yield plot.dot(_across(dot.value, largest), y + 21, 0)


def _short(name: str) -> str:
    """The name by its beginning and its end, where it is too long to stand beside a value on a phone."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2]}\u2026{name[-(_LONGEST // 2) :]}"


def _strip(values: FloatArray, y: float, largest: float, words: str) -> Iterator[str]:
    """How many of the others lie where."""
    counts, edges = np.histogram(values, bins=_BINS, range=(0, largest))
    base, scale = y + _HISTOGRAM - 12, (_HISTOGRAM - 26) / max(counts.max(), 1)
    yield plot.text(0, y + 10, words, "s")
    for count, edge in zip(counts.tolist(), edges.tolist(), strict=False):
        if count > 0:
            height = max(count * scale, 1.5)
            yield plot.bar(_across(edge, largest), base - height, 97 / _BINS, height, 1)
    yield plot.stroke(0, base, 100, base, "h")
