"""The drawings of an agency's charts: lines, stacks, shares, panels, two years beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogi.charts import plot
from ogi.charts.style import LINE, short
from ogi.charts.words import gap, label, say
from ogi.charts.yearly import CONFLICT, NO_TOTAL, YearlyParts
from ogi.figures import TOLERANCE

HEIGHT = 150
"""Pixels of a panel that stands alone, without its numbers above and its years below."""
_PANEL, _BETWEEN = 46, 26
"""Pixels of one of several panels, and between two."""
Drawn = tuple[list[str], float]
"""The elements of a drawing, and its height in pixels."""


def lines(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> Drawn:
    """A line for each part, its last value beside its name."""
    (seen,) = panels
    base = plot.HEAD + HEIGHT
    least = min([*seen.every_number, 0])
    scale = HEIGHT / max(max(seen.every_number, default=0) - least, 1)
    zero = base + least * scale  # changes of a number may be below it
    found, labels = [*plot.years_below(seen.years, base), *plot.breaks(seen, plot.HEAD, base)], []
    numbers: list[str] = []  # last, so that no line is drawn over them
    # Two lines are told apart best by the first colour and the fourth; more take the colours in turn.
    colours = range(len(seen.parts)) if len(seen.parts) > 2 else (0, 3)
    for colour, part, name in zip(colours, seen.parts, names, strict=False):
        points = seen.points(part)
        marks = {year: seen.signs(year, part) for year in points}
        hollow = [year for year, signs in marks.items() if signs]
        found += plot.path(points, seen.years, zero, scale, colour, seen.breaks, hollow)
        if colour == 0:
            numbers += _on_points(points, seen, zero, scale, language, marks)
        else:
            at = plot.across(seen.years)
            # Beside the point: above it stands the number of another line.
            numbers += [
                plot.text(at[year], zero - points[year] * scale, marks[year], dx=5) for year in hollow
            ]
        if points:
            year = max(points)
            told = short(points[year], language, seen.decimals) + marks[year]
            labels.append((zero - points[year] * scale, colour, f"{name} {told}"))
    for year in (year for year in seen.years if not seen.numbers[year]):
        found += plot.why_none(seen, year, base, language)
    return [*found, *numbers, *plot.names_beside(labels, base)], base + plot.FOOT


def stacks(panels: Sequence[YearlyParts], names: Sequence[str], language: str, height: int = HEIGHT) -> Drawn:
    """A stack a year, the panels below each other on one scale."""
    largest = max((seen.sum_of(year) for seen in panels for year in seen.years), default=0)
    scale = height / max(largest, 1)
    found: list[str] = []
    top = 0.0
    if len(panels) > 1:
        found += _legend(names)
        top = LINE * -(-len(names) // 2) + 8
    for n, seen in enumerate(panels):
        base = top + plot.HEAD + height
        found += _stacks_of(seen, base, scale, language)
        found += plot.years_below(seen.years if n == len(panels) - 1 else [], base)
        beside = [(base - height / 2, None, label(seen.about, language))] if seen.about is not None else []
        found += plot.names_beside(beside or _of_last_stack(seen, base, scale, names), base)
        top = base + 6
    return found, base + plot.FOOT


def _stacks_of(seen: YearlyParts, base: float, scale: float, language: str) -> list[str]:
    found: list[str] = []
    above: dict[int, tuple[float, str]] = {}
    for year in seen.years:
        if not seen.numbers[year]:
            found += plot.why_none(seen, year, base, language)
            continue
        texts = {
            part: short(value, language) + seen.signs(year, part)
            for part, value in seen.numbers[year].items()
        }
        found += plot.stack(seen, year, base, scale, texts)
        above[year] = base - seen.sum_of(year) * scale - 5, _above(seen, year, language)
    return [*found, *plot.numbers(above, seen.years)] if above else found


def _above(seen: YearlyParts, year: int, language: str) -> str:
    """What stands on a bar: its parts added up, with the signs of what the number is; or that reports differ.

    Behind it a total that is another number, with the signs of its own.
    """
    if year in seen.differing:
        return gap(CONFLICT, language)
    is_open = len(seen.numbers[year]) < len(seen.parts)
    is_total = not is_open and year not in seen.unequal
    signs = seen.signs(year, *seen.parts, *([None] if is_total else []))
    told = plot.number(seen.sum_of(year), language, signs, is_open=is_open)
    if year not in seen.unequal:
        return told
    return f"{told} ≠ {short(seen.totals[year], language)}{seen.signs(year, None)}"


def _on_points(
    points: dict[int, float],
    seen: YearlyParts,
    base: float,
    scale: float,
    language: str,
    marks: Mapping[int, str],
) -> Iterator[str]:
    """The numbers above the points of a line, each with its signs."""
    if points:
        told = {
            year: (base - value * scale - 8, short(value, language, seen.decimals) + marks[year])
            for year, value in points.items()
        }
        yield from plot.numbers(told, seen.years, signs=marks)


def _of_last_stack(
    seen: YearlyParts, base: float, scale: float, names: Sequence[str]
) -> list[tuple[float, int | None, str]]:
    """The name of each part at its height in the last stack that there is."""
    year = max((year for year in seen.years if seen.numbers[year]), default=seen.years[-1])
    labels, y = [], base
    for colour, (part, name) in enumerate(zip(seen.parts, names, strict=True)):
        height = seen.numbers[year].get(part, 0.0) * scale
        labels.append((y - height / 2, colour, name))
        y -= height
    return [(at, colour, name) for at, colour, name in labels]


def _legend(names: Sequence[str]) -> list[str]:
    """What each colour means, two to a line."""
    found = []
    for n, name in enumerate(names):
        x, y = 50.0 * (n % 2), LINE * (n // 2) + 10
        found.append(f'<rect x="{x:.0f}%" y="{y - 9}" width="9" height="9" class="c{n}"/>')
        found.append(plot.text(x, y, name, dx=14))
    return found


def shares(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> Drawn:
    """A stack a year of shares of the printed total, the total above it."""
    (seen,) = panels
    of_total = seen.shares
    base = plot.HEAD + HEIGHT
    # Parts that add up to more than the printed total are drawn beyond the line of the total, not the frame.
    most = max(1.0, *(of_total.sum_of(year) for year in seen.years))
    scale = HEIGHT / most
    found = [*plot.years_below(seen.years, base)]
    is_beyond = most > 1 + TOLERANCE
    if is_beyond:
        found.append(plot.stroke(0, base - scale, 100, base - scale, "f"))
    above: dict[int, tuple[float, str]] = {}
    for year in seen.years:
        if not of_total.numbers[year]:
            words = _why_no_shares(seen, year, language)
            found += (
                plot.why_none(seen, year, base, language)
                if words is None
                else [plot.text(plot.across(seen.years)[year], base - 5, words, "s m")]
            )
            continue
        texts = {
            part: f"{share:.0%}{seen.signs(year, part)}" for part, share in of_total.numbers[year].items()
        }
        found += plot.stack(of_total, year, base, scale, texts)
        told = plot.number(seen.totals[year], language, seen.signs(year, None), is_open=False)
        above[year] = plot.HEAD - 5, told
    if above:
        found += plot.numbers(above, seen.years, "s m")
    labels = _of_last_stack(of_total, base, scale, names)
    if is_beyond:
        labels.append(
            (plot.HEAD, None, say("whole", language))
        )  # above all names: none stands between theirs
    return [*found, *plot.names_beside(labels, base)], base + plot.FOOT


def _why_no_shares(seen: YearlyParts, year: int, language: str) -> str | None:
    """Why a year that has figures has no shares."""
    if seen.totals.get(year) == 0:
        return "0"
    if year in seen.differing:
        return gap(CONFLICT, language)
    return gap(NO_TOTAL, language) if seen.numbers[year] else None


def apart(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> Drawn:
    """A panel with a scale of its own for each part: a line, with its numbers on it."""
    (whole,) = panels
    found: list[str] = []
    base = 0.0
    for part, name in zip(whole.parts, names, strict=True):
        seen = whole.only(part)
        base += plot.HEAD + _PANEL
        scale = _PANEL / max([*seen.every_number, 1])
        points = seen.points(part)
        found += plot.years_below([], base)
        marks = {year: seen.signs(year, part) for year in points}
        hollow = [year for year, signs in marks.items() if signs]
        found += plot.path(points, seen.years, base, scale, 0, hollow=hollow)
        found += _on_points(points, seen, base, scale, language, marks)
        for year in (year for year in seen.years if year not in points):
            found += plot.why_none(seen, year, base, language)
        found += plot.names_beside([(base - _PANEL / 2, None, name)], base)
        base += _BETWEEN - plot.HEAD
    base += plot.HEAD - _BETWEEN
    return [*found, *plot.years_below(whole.years, base)], base + plot.FOOT


def two_years(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> Drawn:
    """A bar for each part of the last year, a thin one below it for the year before; zeros are left out."""
    (seen,) = panels
    year = max(year for year in seen.years if seen.numbers[year])
    now, before = seen.numbers[year], seen.numbers.get(year - 1, {})
    told = [
        (part, name)
        for part, name in zip(seen.parts, names, strict=True)
        if now.get(part) or before.get(part)
    ]
    longest = max((value for known in (now, before) for value in known.values()), default=0)
    scale = 100 / max(longest, 1)
    found: list[str] = []
    y = 0.0
    for part, name in told:
        found.append(plot.text(0, y + 12, name))
        found.append(plot.bar(0, y + 17, now.get(part, 0.0) * scale, 9, 0))
        is_known = part in now
        words = short(now[part], language) if is_known else gap(seen.states[year][part], language)
        words += seen.signs(year, part) if is_known else ""
        if part in before:
            found.append(plot.bar(0, y + 27, before[part] * scale, 4, 5))
            words += f" ({short(before[part], language)}{seen.signs(year - 1, part)})"
        found.append(plot.text(max(now.get(part, 0.0), before.get(part, 0.0)) * scale, y + 26, words, dx=6))
        y += 36
    legend = say("two_years", language, year=year, before=year - 1) if before else str(year)
    return [*found, plot.text(0, y + 14, legend, "s")], y + 20
