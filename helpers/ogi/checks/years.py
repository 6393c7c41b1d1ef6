"""One report against others of its agency: sums handed on, sudden changes, two files on a year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from ogi.arrays import BoolArray, FloatArray
from ogi.checks.lines import pairs_of
from ogi.checks.rows import Check
from ogi.checks.sentences import Verdict, amount, cell_name, table_name
from ogi.extract.report import Severity
from ogi.figures import CELLS, COLUMN, COLUMNS_ON, SURE, Figures
from ogi.forms import CARRIES, EDITIONS, TABLES, Table
from ogi.said import say
from ogi.values import LEAST_CONFIDENCE

SUDDEN, SAME_YEAR = "figures.sudden_change", "figures.same_year"
TIMES, SMALL = 5, 20
"""A figure over TIMES last year's, or as much under it, is sudden, unless both are under SMALL."""
FEW, SMALL_SHARE = 2, 0.05
"""What a carry-over may differ by, in cases or as a share of the larger side, to be graded a note."""
TOTAL = "total"
_SHOWN = 3
"""Of the cells in which two files differ, as many are named as a sentence bears."""

_SENTENCES = {
    (SUDDEN, Verdict.HOLDS): (
        "{table}: no comparable total is over {times} times or under a fifth of that of {last}.",
        "{table}：可比的总计与{last}年相比，没有超过{times}倍或不足五分之一的。",
    ),
    (SUDDEN, Verdict.BROKEN): (
        "{cell}: {this} after {before} in {last}.",
        "{cell}：{last}年为{before}，本年为{this}。",
    ),
    (SUDDEN, Verdict.UNDECIDED): (
        "{cell}: {this} after {before} in {last}, but one of them was read with little confidence.",
        "{cell}：{last}年为{before}，本年为{this}，但识读把握不大。",
    ),
    (SAME_YEAR, Verdict.HOLDS): (
        "{table}: {other} is on the same year, and its figures are the same.",
        "{table}：{other}为同一年度的年报，数据相同。",
    ),
    (SAME_YEAR, Verdict.BROKEN): (
        "{table}: {other} is on the same year and differs in {count} cells: {cells}.",
        "{table}：{other}为同一年度的年报，有{count}处数据不同：{cells}。",
    ),
}


def graded(check: Check) -> Check:
    """The check; of a carry-over that breaks by little (FEW cases, or SMALL_SHARE), as a mere note."""
    if check.rule_id not in _CARRIES or check.verdict != Verdict.BROKEN or check.difference is None:
        return check
    off, larger = abs(check.difference), max(abs(check.left or 0.0), abs(check.right or 0.0))
    is_small = off <= FEW or off < SMALL_SHARE * larger
    return check._replace(severity=Severity.NOTE) if is_small else check


_CARRIES = {carry.id for carry in CARRIES}


def sudden_changes(figures: Figures) -> Iterator[Check]:
    """A check for each comparable total that is many times last year's or a fraction of it, else its table.

    Both years must print a number; of other tables than that of totals, what is comparable counts.
    """
    for editions in TABLES.values():
        for now, before in product(editions.values(), repeat=2):
            yield from _sudden(figures, now, before)


def _sudden(figures: Figures, now: Table, before: Table) -> Iterator[Check]:
    pairs = pairs_of(figures, figures.rows_on(now), figures.rows_on(before))
    columns = _comparable(now, before)
    if not pairs or not columns:
        return
    rows, rows_last = np.array(pairs).T
    this, last = (figures.value[of[:, np.newaxis], columns] for of in (rows, rows_last))
    is_told = ~np.isnan(this) & ~np.isnan(last)
    jumps = is_told & _is_sudden(this, last)
    for n, (row, row_last) in enumerate(pairs):
        of = figures.reports[row]
        year = (of.year or 0) - 1
        if is_told[n].any() and not jumps[n].any():
            values = {"table": table_name(now), "times": TIMES, "last": year}
            yield Check(of, SUDDEN, Verdict.HOLDS, say(*_SENTENCES[SUDDEN, Verdict.HOLDS], **values))
        for place in np.flatnonzero(jumps[n]):
            column, sides = columns[place], (float(this[n, place]), float(last[n, place]))
            is_sure = (figures.doubt[[row, row_last], column] == SURE).all()
            verdict, cell = Verdict.BROKEN if is_sure else Verdict.UNDECIDED, CELLS[column]
            message = say(
                *_SENTENCES[SUDDEN, verdict],
                cell=cell_name(now, *cell.split("/")[1:]),
                this=amount(sides[0]),
                before=amount(sides[1]),
                last=year,
            )
            yield Check(of, SUDDEN, verdict, message, *sides, [f"{year}:{cell}", f"{year + 1}:{cell}"])


def _is_sudden(this: FloatArray, last: FloatArray) -> BoolArray:
    high, low = np.maximum(this, last), np.minimum(this, last)
    sudden: BoolArray = (high >= SMALL) & (high > TIMES * low)
    return sudden


def _comparable(now: Table, before: Table) -> list[int]:
    """The columns of what both tables print and that mean the same; of a row with a total, of the total."""
    theirs = {(item.id, measure.id) for item, measure in before.cells()}
    return [
        COLUMN[f"{now.id}/{item.id}/{measure.id}"]
        for item, measure in now.cells()
        if measure.comparable
        and (item.id, measure.id) in theirs
        and (measure.id == TOTAL or TOTAL not in now.cells_of[item.id])
    ]


def same_year(figures: Figures) -> Iterator[Check]:
    """For each file beyond the first on one agency and year, table by table, how its figures differ from it.

    Blank cells and zeros are not told apart; cells that were not read, or badly, are left out.
    """
    rows_of: dict[tuple[str | None, int | None], list[int]] = {}
    read = ~np.isnan(figures.blank_as_zero) & (figures.confidence >= LEAST_CONFIDENCE)
    for row, report in enumerate(figures.reports):
        if None not in report and read[row].any():
            rows_of.setdefault((report.agency, report.year), []).append(row)
    for first, *others in rows_of.values():
        for other in others:
            yield from _against(figures, other, first, read[other] & read[first])


def _against(figures: Figures, row: int, first: int, read: BoolArray) -> Iterator[Check]:
    for table in (table for editions in TABLES.values() for table in editions.values()):
        columns = [column for column in COLUMNS_ON[table.id, table.edition] if read[column]]
        if columns and (figures.form[row, columns] == EDITIONS.index(table.edition)).all():
            yield _same_table(figures, row, first, table, columns)


def _same_table(figures: Figures, row: int, first: int, table: Table, columns: list[int]) -> Check:
    this, that = figures.blank_as_zero[row], figures.blank_as_zero[first]
    differing = [column for column in columns if this[column] != that[column]]
    named = [
        f"{cell_name(table, *CELLS[c].split('/')[1:])} {amount(this[c])} : {amount(that[c])}"
        for c in differing
    ]
    verdict, count = (Verdict.BROKEN if named else Verdict.HOLDS), len(named)
    message = say(
        *_SENTENCES[SAME_YEAR, verdict],
        table=table_name(table),
        other=figures.reports[first].report_id,
        count=count,
        cells=", ".join(named[:_SHOWN]) + (", …" if count > _SHOWN else ""),
    )
    cells = [CELLS[column] for column in differing]
    return Check(figures.reports[row], SAME_YEAR, verdict, message, float(count), 0.0, cells)
