"""The sums and balances of the forms, and the sums over two years, judged line by line in each report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from ogi.arrays import BoolArray, FloatArray, IndexArray
from ogi.checks.catalogue import RULES
from ogi.checks.rows import Check, Verdict, amount, line_name, message, parts_name
from ogi.columns import CELLS, LINES, Lines, lines_of
from ogi.figures import BADLY_READ, NEAR_STRANGE, UNREADABLE, Figures, equal
from ogi.forms import ALL_TABLES, Labelled
from ogi.said import Said, joined

OVER_YEARS = tuple(
    rule.equation for rule in RULES.values() if rule.equation is not None and rule.equation.ago
)
"""The sums over the reports of adjacent years."""

# In the order in which they are asked for: a doubt comes before what the numbers say.
_VERDICTS = (
    Verdict.NOT_APPLICABLE,
    Verdict.UNDECIDED,
    Verdict.HOLDS,
    Verdict.HOLDS_BLANK_AS_ZERO,
    Verdict.BROKEN,
)
# What is told first stands in front: a fault of the page before one of our reading.
_DOUBTS = ("unreadable", "missing", "unfilled", "silent", "badly_read", "near_strange")
"""Why a line is undecided."""
# Most lines of most reports say that nothing is nothing: those messages are made once.
_MESSAGES_KEPT = 65_536


def sums(figures: Figures) -> Iterator[Check]:
    """A check per report and line of every sum: on the tables that it prints, then with the year before."""
    for table in ALL_TABLES:
        rows = figures.rows_on(table)[:, np.newaxis]
        for lines in LINES[table.id, table.edition]:
            yield from _judged(figures, lines, rows)
    for equation in OVER_YEARS:
        parts = {*equation.left, *equation.right}
        tables = [t for t in ALL_TABLES if t.id == equation.table and parts <= set(t.along(equation.axis))]
        rows = np.concatenate([figures.rows_on(table) for table in tables])
        pairs = pairs_of(figures, rows, rows)
        # In any edition: what is handed on stands under the same id in both.
        if pairs:
            yield from _judged(figures, lines_of(tables[0], equation), np.array(pairs))


def pairs_of(figures: Figures, later: IndexArray, earlier: IndexArray) -> list[tuple[int, int]]:
    """The row of each later report beside that of its agency's report on the year before.

    Of several files on one year, the first stands for all beside those of the other year: each is compared
    at least once, at a cost that grows with the files and not with their square.
    """
    before, pairs = set(earlier.tolist()), list[tuple[int, int]]()
    seen = set[tuple[str, int]]()
    for row in later.tolist():
        _, agency, year = figures.reports[row]
        if agency is not None and year is not None and row in figures.rows_on_year.get((agency, year), ()):
            rows = [last for last in figures.rows_on_year.get((agency, year - 1), ()) if last in before]
            pairs += [(row, last) for last in (rows[:1] if (agency, year) in seen else rows)]
            seen.add((agency, year))
    return pairs


def _judged(figures: Figures, lines: Lines, rows: IndexArray) -> Iterator[Check]:
    """A check per line of a sum and row of `rows`: a report beside those of the years before, if any."""
    equation = lines.equation
    ago = equation.ago or (0,) * (len(equation.left) + len(equation.right))
    reports = [figures.reports[row] for row in rows[:, 0]]
    years = [report.year if equation.ago else None for report in reports]
    told = {year: _told(lines, year) for year in set(years)}
    names = [line_name(line) for line in lines.about]
    arrays = (array.tolist() for array in judge(figures, lines, rows[:, ago]))
    for of, year, *judgements in zip(reports, years, *arrays, strict=True):
        lefts, rights, cells = told[year]
        for name, own, verdict, a, b, doubt in zip(names, cells, *judgements, strict=True):
            # NaN, a side that is not known, is equal to nothing.
            found, ought = (None if side != side else side for side in (a, b))
            text = _message(name, lefts, rights, verdict, doubt, found, ought)
            yield Check(of, equation.id, _VERDICTS[verdict], text, found, ought, own)


def _told(lines: Lines, year: int | None) -> tuple[Said, Said, list[list[str]]]:
    """How messages name both sides of a sum and the cells of each line: on `year`, with the years."""
    columns = np.concatenate([lines.left, lines.right], axis=1)
    cells = [[CELLS[column] for column in line] for line in columns]
    if year is None:
        left, right = (Said.as_printed(parts_name(side)) for side in lines.sides)
        return left, right, cells
    years = [year - ago for ago in lines.equation.ago]
    dated = [[f"{of}:{cell}" for of, cell in zip(years, line, strict=True)] for line in cells]
    first_right = len(lines.equation.left)
    left, right = (
        _of_years(side, own)
        for side, own in zip(lines.sides, (years[:first_right], years[first_right:]), strict=True)
    )
    return left, right, dated


def _of_years(parts: Sequence[Labelled], years: Sequence[int]) -> Said:
    named = zip((parts_name([part]) for part in parts), years, strict=True)
    return joined((Said(f"{label} of {year}", f"{year}年{label}") for label, year in named), " + ", " + ")


def judge(
    figures: Figures, lines: Lines, rows: IndexArray
) -> tuple[IndexArray, FloatArray, FloatArray, IndexArray]:
    """The two sides of each line compared, blank cells read as zero where nothing speaks against it.

    Args:
        rows: of each report, the row that each part of the sum stands in, left side first.

    Returns:
        Arrays of reports × lines: the place in _VERDICTS, both sides (NaN where not known), and the place in
        _DOUBTS of the reason why a line is undecided.
    """
    first_right = lines.left.shape[1]
    # Rows and columns of the cells of each side, which together are reports × lines × parts.
    left = rows[:, np.newaxis, :first_right], lines.left[np.newaxis]
    right = rows[:, np.newaxis, first_right:], lines.right[np.newaxis]

    def either(cells: BoolArray) -> BoolArray:
        """The lines that hold such a cell on either side."""
        return np.asarray(cells[left].any(axis=2) | cells[right].any(axis=2))

    values = np.nan_to_num(figures.value)
    sums = [values[side].sum(axis=2) for side in (left, right)]
    silent = [np.asarray(figures.blank[side].all(axis=2)) for side in (left, right)]
    all_blank, is_equal = silent[0] & silent[1], equal(*sums)
    unreadable = figures.state == UNREADABLE
    doubts = [
        either(unreadable),
        either(figures.missing),
        either(figures.unfilled),
        # Where both sides agree all the same, what follows puts nothing in doubt.
        ~is_equal & (silent[0] | silent[1]),
        ~is_equal & either(figures.doubt == BADLY_READ),
        ~is_equal & either(figures.doubt == NEAR_STRANGE),
    ]
    cases = [all_blank, np.logical_or.reduce(doubts), is_equal & ~either(figures.blank), is_equal]
    unknown = unreadable | figures.missing | figures.unfilled
    told = [
        np.where(all_blank | unknown[side].any(axis=2) | (is_silent & ~is_equal), np.nan, total)
        for side, is_silent, total in zip((left, right), silent, sums, strict=True)
    ]
    return np.select(cases, range(4), 4), told[0], told[1], np.argmax(doubts, axis=0)


@lru_cache(_MESSAGES_KEPT)
def _message(
    line: Said, lefts: Said, rights: Said, verdict: int, doubt: int, left: float | None, right: float | None
) -> Said:
    return message(
        "sums",
        _VERDICTS[verdict],
        line=line,
        lefts=lefts,
        rights=rights,
        left=amount(left),
        right=amount(right),
        by=amount(None if left is None or right is None else abs(left - right)),
        reason=message("sums", _DOUBTS[doubt]),
    )
