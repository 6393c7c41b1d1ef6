"""Drawing in SVG whose text keeps its size on any screen: across in per cent, down in pixels.

So a chart needs no scaling: on a phone its bars are narrower, and its numbers as large as anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from types import MappingProxyType

from ogi.charts.style import LINE, TEXT, balanced, short, text_width, wrapped
from ogi.charts.words import gap
from ogi.charts.yearly import YearlyParts

NAMES = 112
"""Pixels kept free at the right for the names of what is drawn."""
HEAD, FOOT = 16, 20
"""Pixels above a panel for the number on the highest bar, and below it for the years."""
NO_SIGNS: Mapping[int, str] = MappingProxyType({})
_DOT = 4
_NARROWEST = 212
"""Pixels of a drawing on a phone, whose names at its right are as wide as anywhere."""
_LEAST = 13
"""Pixels of a part of a bar that has room for its number."""


def across(years: Sequence[int]) -> dict[int, float]:
    """The middle of each year's place, in per cent; fewer than three years do not fill the width."""
    places = max(len(years), 3)
    return {year: 100 * (n + 0.5) / places for n, year in enumerate(years)}


def text(x: float, y: float, words: str, classes: str = "", dx: float = 0) -> str:
    """Words at a place; `classes`: s soft, m around the middle."""
    shift = f' dx="{_n(dx)}"' if dx else ""
    named = f' class="{classes}"' if classes else ""
    # A whole pixel is as near as text can be seen to stand, and a page has hundreds.
    return f'<text x="{_n(x)}%" y="{y:.0f}"{shift}{named}>{escape(words)}</text>'


def bar(x: float, y: float, width: float, height: float, colour: int) -> str:
    """A bar from its left upper corner."""
    return f'<rect x="{_n(x)}%" y="{_n(y)}" width="{_n(width)}%" height="{_n(height)}" class="c{colour}"/>'


def stroke(x: float, y: float, to_x: float, to_y: float, kind: str) -> str:
    """A straight line; `kind`: l and the number of a colour, h hair line, f where the form changes."""
    return f'<line x1="{_n(x)}%" y1="{_n(y)}" x2="{_n(to_x)}%" y2="{_n(to_y)}" class="{kind}"/>'


def dot(x: float, y: float, colour: int, *, is_hollow: bool = False) -> str:
    """A round point of a line."""
    kind = f"l{colour} open" if is_hollow else f"c{colour} on"
    return f'<circle cx="{_n(x)}%" cy="{_n(y)}" r="{_DOT}" class="{kind}"/>'


def years_below(years: Sequence[int], y: float) -> Iterator[str]:
    """The base line and the years under it."""
    at = across(years)
    yield stroke(0, y, 100, y, "h")
    yield from (text(at[year], y + TEXT + 3, str(year), "s m") for year in years)


def why_none(seen: YearlyParts, year: int, y: float, language: str) -> Iterator[str]:
    """Words instead of a bar or a point: why the year has no number."""
    lines = wrapped(gap(seen.why(year), language), 44)
    for n, words in enumerate(lines):
        yield text(across(seen.years)[year], y - 5 - (len(lines) - 1 - n) * LINE, words, "s m")


def numbers(
    places: Mapping[int, tuple[float, str]],
    years: Sequence[int],
    kind: str = "m",
    signs: Mapping[int, str] = NO_SIGNS,
) -> Iterator[str]:
    """Year → height and number: all of them, or those for which a phone has room.

    Of the others then `signs`, those behind their numbers.
    """
    at = across(years)
    fitting = _fitting({year: text_width(words) for year, (_, words) in places.items()}, years)
    told = {
        year: (y, words if year in fitting else signs.get(year, "")) for year, (y, words) in places.items()
    }
    shown = {year: told[year] for year in told if told[year][1]}
    yield from (text(at[year], y, words, kind) for year, (y, words) in shown.items())


def _fitting(widths: Mapping[int, float], years: Sequence[int]) -> list[int]:
    """The years whose texts have room: the first and the last alone where most are wide.

    Where few are, as “612 ≠ 610”, all that these leave room for.
    """
    room = _NARROWEST / max(len(years), 3)
    wide = [year for year, width in widths.items() if width >= room + 6]
    fitting: list[int] = []
    order = dict.fromkeys((min(widths), max(widths), *wide, *widths))
    for year in list(order)[: 2 if 2 * len(wide) > len(widths) else None]:
        apart = {other: room * abs(years.index(year) - years.index(other)) + 6 for other in fitting}
        if len(fitting) < 2 or all((widths[year] + widths[of]) / 2 < far for of, far in apart.items()):
            fitting.append(year)
    return fitting


def path(
    points: Mapping[int, float],
    years: Sequence[int],
    top: float,
    scale: float,
    colour: int,
    breaks: Collection[int] = (),
    hollow: Collection[int] = (),
) -> Iterator[str]:
    """A line through the years that are known: none over a missing year, or a break before a year.

    `top`: the y of `scale` zero; `hollow`: the years whose points are.
    """
    at = across(years)
    for before, year in pairwise(years):
        if before in points and year in points and year not in breaks:
            ends = top - points[before] * scale, top - points[year] * scale
            yield stroke(at[before], ends[0], at[year], ends[1], f"l{colour}")
    for year, value in points.items():
        yield dot(at[year], top - value * scale, colour, is_hollow=year in hollow)


def breaks(seen: YearlyParts, top: float, base: float) -> Iterator[str]:
    """A dashed line between two years where the figures mean something else from the second on."""
    at = across(seen.years)
    for before, year in pairwise(seen.years):
        if year in seen.breaks:
            x = (at[before] + at[year]) / 2
            yield stroke(x, top, x, base, "f")


def stack(
    seen: YearlyParts,
    year: int,
    base: float,
    scale: float,
    texts: Mapping[str, str],
) -> Iterator[str]:
    """The parts of a year upon each other; `texts`: what is written in a part that has room for it."""
    at, y = across(seen.years), base
    wide = min(78 / max(len(seen.years), 3), 16)
    for colour, part in enumerate(seen.parts):
        height = seen.numbers[year].get(part, 0.0) * scale
        if height <= 0:
            continue
        y -= height
        yield bar(at[year] - wide / 2, y, wide, height, colour)
        if height >= _LEAST and text_width(texts[part]) < 40:
            yield text(at[year], y + height / 2 + 4, texts[part], f"t{colour} m")


def names_beside(labels: Iterable[tuple[float, int | None, str]], bottom: float) -> Iterator[str]:
    """Names at the right of the drawing, each near its height, with its colour; none upon another.

    `labels`: height, number of the colour (None for none), words.
    """
    placed: list[tuple[float, int | None, list[str]]] = []
    for y, colour, words in sorted(labels, key=lambda label: label[0]):
        lines = balanced(words, NAMES - 22)
        least = placed[-1][0] + len(placed[-1][2]) * LINE + 2 if placed else -1e9
        placed.append((max(y - (len(lines) - 1) * LINE / 2, least), colour, lines))
    # What has slipped below the drawing is pushed up, and with it what it then would cover.
    limit = bottom
    for n in range(len(placed) - 1, -1, -1):
        y, colour, lines = placed[n]
        y = min(y, limit - (len(lines) - 1) * LINE)
        placed[n], limit = (y, colour, lines), y - LINE - 2
    for y, colour, lines in placed:
        if colour is not None:
            place = f'x="100%" y="{_n(y - 5)}" width="9" height="9"'
            yield f'<rect {place} transform="translate(6)" class="c{colour}"/>'
        for n, words in enumerate(lines):
            yield text(100, y + n * LINE + 4, words, dx=20 if colour is not None else 8)


def number(value: float, language: str, signs: str, *, is_open: bool) -> str:
    """A sum as it stands on a bar, with its signs: + … where a part is not known."""
    return short(value, language) + (" + …" if is_open else "") + signs


def svg(elements: Iterable[str], height: float, label: str, *, full: bool = False, role: str = "img") -> str:
    """The whole drawing as an <svg> element as wide as its place; unless `full`, less the room for names.

    `role`: `group` where there are links in it.
    """
    style = "" if full else f' style="width:calc(100% - {NAMES}px)"'
    said = f'class="plot" role="{role}" aria-label="{escape(label)}"'
    return f'<svg {said} width="100%" height="{_n(height)}"{style}>{"".join(elements)}</svg>'


def _n(value: float) -> str:
    """A number with no more digits than a screen shows."""
    return f"{value:.1f}".removesuffix(".0")
