"""The sums and balances of the forms, and the sums over two years, judged line by line in each report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ogi.arrays import BoolArray, FloatArray, IndexArray
from ogi.checks.catalogue import RULES
from ogi.checks.rows import Check, Verdict, message
from ogi.checks.sentences import amount, line_name, parts_name
from ogi.figures import BADLY_READ, CELLS, LINES, NEAR_STRANGE, UNREADABLE, Figures, Lines, equal, lines_of
from ogi.forms import ALL_TABLES, Labelled
from ogi.said import Said, say

OVER_YEARS = tuple(
    rule.equation for rule in RULES.values() if rule.equation is not None and rule.equation.ago
)
"""The sums over the reports of adjacent years."""

_VERDICTS = (
    Verdict.NOT_APPLICABLE,
    Verdict.UNDECIDED,
    Verdict.HOLDS,
    Verdict.HOLDS_BLANK_AS_ZERO,
    Verdict.BROKEN,
)
"""In the order in which they are asked for: a doubt comes before what the numbers say."""
_DOUBTS = ("unreadable", "missing", "unfilled", "silent", "badly_read", "near_strange")
"""Why a line is undecided, what is told first in front: a fault of the page before one of our reading."""
_MESSAGES_KEPT = 65_536
"""Most lines of most reports say that nothing is nothing: their messages are made once."""

Side = tuple[IndexArray, IndexArray]
"""One side of a sum: the rows and the columns of its cells, which together are reports × lines × parts."""


@dataclass(frozen=True)
class Told:
    """How one report's messages name the sides of a sum, and the ids of the cells of each line."""

    left: Said
    right: Said
    cells: Sequence[Sequence[str]]


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
        if pairs:
            yield from _judged(figures, lines_of(tables[0], equation), np.array(pairs))


def pairs_of(figures: Figures, later: IndexArray, earlier: IndexArray) -> list[tuple[int, int]]:
    """The row of each later report beside that of each of its agency's reports on the year before."""
    of_year: dict[tuple[str, int], list[int]] = {}
    for row in earlier.tolist():
        report = figures.reports[row]
        if report.agency is not None and report.year is not None:
            of_year.setdefault((report.agency, report.year + 1), []).append(row)
    keys = [(figures.reports[row].agency, figures.reports[row].year) for row in later]
    return [
        (now, last) for now, key in zip(later.tolist(), keys, strict=True) for last in of_year.get(key, ())
    ]


def _judged(figures: Figures, lines: Lines, rows: IndexArray) -> Iterator[Check]:
    """A check per line of a sum and row of `rows`: a report beside those of the years before, if any."""
    equation = lines.equation
    ago = equation.ago or (0,) * (len(equation.left) + len(equation.right))
    sides = zip(
        (ago[: len(equation.left)], ago[len(equation.left) :]), (lines.left, lines.right), strict=True
    )
    left, right = ((rows[:, ages][:, np.newaxis, :], columns[np.newaxis]) for ages, columns in sides)
    reports = [figures.reports[row] for row in rows[:, 0]]
    years = [report.year if equation.ago else None for report in reports]
    told = {year: _told(lines, year) for year in set(years)}
    names = [line_name(line) for line in lines.about]
    arrays = (array.tolist() for array in judge(figures, left, right))
    for of, year, *judgements in zip(reports, years, *arrays, strict=True):
        names_of = told[year]
        for name, cells, verdict, a, b, doubt in zip(names, names_of.cells, *judgements, strict=True):
            found, ought = (None if side != side else side for side in (a, b))
            text = _message(name, names_of.left, names_of.right, verdict, doubt, found, ought)
            yield Check(of, equation.id, _VERDICTS[verdict], text, found, ought, cells)


def _told(lines: Lines, year: int | None) -> Told:
    """The names and cells of a sum; with the years that they are told of, for a report on `year`."""
    equation = lines.equation
    cells = [[CELLS[column] for column in line] for line in np.concatenate([lines.left, lines.right], axis=1)]
    if year is None:
        left, right = (Said.as_printed(parts_name(side)) for side in lines.sides)
        return Told(left, right, cells)
    years = [year - ago for ago in equation.ago]
    dated = [[f"{of}:{cell}" for of, cell in zip(years, line, strict=True)] for line in cells]
    left, right = (
        _of_years(side, own)
        for side, own in zip(
            lines.sides, (years[: len(equation.left)], years[len(equation.left) :]), strict=True
        )
    )
    return Told(left, right, dated)


def _of_years(parts: Sequence[Labelled], years: Sequence[int]) -> Said:
    named = zip((parts_name([part]) for part in parts), years, strict=True)
    first, *rest = [Said(f"{label} of {year}", f"{year}年{label}") for label, year in named]
    for part in rest:
        first = say("{a} + {b}", "{a} + {b}", a=first, b=part)
    return first


def judge(figures: Figures, left: Side, right: Side) -> tuple[IndexArray, FloatArray, FloatArray, IndexArray]:
    """The two sides of each line compared, blank cells read as zero where nothing speaks against it.

    Returns:
        Arrays of reports × lines: the place in _VERDICTS, both sides (NaN where not known), and the place in
        _DOUBTS of the reason why a line is undecided.
    """
    values = np.nan_to_num(figures.value)
    sums = [values[side].sum(axis=2) for side in (left, right)]
    silent = [np.asarray(figures.blank[side].all(axis=2)) for side in (left, right)]
    some_blank, all_blank = _any(figures.blank, left, right), silent[0] & silent[1]
    is_equal = equal(*sums)
    doubts = [
        _any(figures.state == UNREADABLE, left, right),
        _any(figures.missing, left, right),
        _any(figures.unfilled, left, right),
        # What both sides say agrees or not; only where it does not is a doubt of ours one of the verdict.
        ~is_equal & (silent[0] | silent[1]),
        ~is_equal & _any(figures.doubt == BADLY_READ, left, right),
        ~is_equal & _any(figures.doubt == NEAR_STRANGE, left, right),
    ]
    cases = [all_blank, np.logical_or.reduce(doubts), is_equal & ~some_blank, is_equal]
    unknown = (figures.state == UNREADABLE) | figures.missing | figures.unfilled
    told = [
        np.where(all_blank | unknown[side].any(axis=2) | (is_silent & ~is_equal), np.nan, total)
        for side, is_silent, total in zip((left, right), silent, sums, strict=True)
    ]
    return np.select(cases, range(4), 4), told[0], told[1], np.argmax(doubts, axis=0)


def _any(cells: BoolArray, left: Side, right: Side) -> BoolArray:
    """The lines that hold such a cell on either side."""
    either: BoolArray = np.logical_or(cells[left].any(axis=2), cells[right].any(axis=2))
    return either


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
        difference=amount(None if left is None or right is None else left - right),
        reason=message("sums", _DOUBTS[doubt]),
    )
