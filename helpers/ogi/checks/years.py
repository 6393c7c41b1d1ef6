"""One report against others of its agency: names, sudden changes, small carry-overs, two files on a year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise, product

import numpy as np
import pandas as pd

from ogi.agencies.bodies import are_one, are_strangers, is_body
from ogi.agencies.kinds import kind_of
from ogi.checks.rows import Check, Verdict, amount, cell_name, judged, message, table_name
from ogi.checks.sums import pairs_of
from ogi.columns import CELLS, COLUMN, COLUMNS_ON
from ogi.extract.report import Severity
from ogi.extract.script import simplified
from ogi.figures import BLANK, NOT_APPLICABLE, SURE, UNREADABLE, Figures, identities
from ogi.forms import ALL_TABLES, EDITIONS, TABLES, Table
from ogi.said import Said, joined, say
from ogi.values import LEAST_CONFIDENCE

FOLDER = "agency.folder"
"""The rule on whom a title names."""
# Most agencies have a handful of requests a year: there, five times as many is no news.
TIMES, SMALL = 5, 20
"""A figure over TIMES last year's, or as much under it, is sudden, unless both are under SMALL."""
# A case or two withdrawn or counted on another day in the new year is nothing to accuse anybody of.
FEW, SMALL_SHARE = 2, 0.05
"""What a carry-over may differ by, in cases or as a share of the larger side, to be graded a note."""
# Of the cells in which two files differ: enough to look at, and the sentence stays one line.
_MOST_CELLS = 3
TWO_FILES = "figures.same_year"
"""The rule on two files on one year: that we hold both is nothing that a slip of the agency's makes."""


def graded(check: Check) -> Check:
    """The check; of a carry-over that breaks by little (FEW cases, or SMALL_SHARE), as a mere note."""
    is_broken = check.rule_id == "requests.carry_over" and check.verdict == Verdict.BROKEN
    if not is_broken or check.difference is None:
        return check
    off, larger = abs(check.difference), max(abs(check.left or 0.0), abs(check.right or 0.0))
    is_small = off <= FEW or off < SMALL_SHARE * larger
    return check._replace(severity=Severity.NOTE) if is_small else check


def sudden_changes(figures: Figures) -> Iterator[Check]:
    """A check for each comparable total that is many times last year's or a fraction of it, else its table.

    Both years must print a number; of other tables than that of totals, what is comparable counts.
    """
    for editions in TABLES.values():
        for now, before in product(editions.values(), repeat=2):
            columns = _comparable(now, before)
            for row, row_last in pairs_of(figures, figures.rows_on(now), figures.rows_on(before)):
                yield from _sudden(figures, now, row, row_last, columns)


def _sudden(figures: Figures, table: Table, row: int, row_last: int, columns: list[int]) -> Iterator[Check]:
    numbers = (figures.value[of_year, columns].tolist() for of_year in (row, row_last))
    # NaN, where a year prints no number, is equal to nothing.
    told = [(c, a, b) for c, a, b in zip(columns, *numbers, strict=True) if a == a and b == b]
    sudden = [(column, this, last) for column, this, last in told if _is_sudden(this, last)]
    of, year = figures.reports[row], (figures.reports[row].year or 0) - 1
    say = partial(judged, of, "figures.sudden_change", last=year)
    if told and not sudden:
        yield say(Verdict.HOLDS, table=table_name(table), times=TIMES)
    for column, this, last in sudden:
        # A lost digit makes a figure ten times smaller: such a jump may be ours.
        is_sure = (figures.doubt[[row, row_last], column] == SURE).all()
        verdict, cell = Verdict.BROKEN if is_sure else Verdict.UNDECIDED, CELLS[column]
        cells, name = [f"{year}:{cell}", f"{year + 1}:{cell}"], cell_name(table, cell)
        yield say(verdict, (this, last), cells, cell=name, this=amount(this), before=amount(last))


def _is_sudden(this: float, last: float) -> bool:
    high, low = max(this, last), min(this, last)
    return high >= SMALL and high > TIMES * low


def _comparable(now: Table, before: Table) -> list[int]:
    """The columns of what both tables print and that mean the same; of a row with a total, of the total."""
    theirs = {(item.id, measure.id) for item, measure in before.cells()}
    return [
        COLUMN[f"{now.id}/{item.id}/{measure.id}"]
        for item, measure in now.cells()
        if measure.comparable
        and (item.id, measure.id) in theirs
        # A total tells the jump once; its seven parts would tell it again.
        and (measure.id == "total" or "total" not in now.cells_of[item.id])
    ]


def same_year(figures: Figures) -> Iterator[Check]:
    """For each file beyond the first on one agency and year, table by table, how its figures differ from it.

    What differs is what has no value in series: see `Figures.disagree`. Undecided where each of these cells
    was not read, or badly, in one of the files.
    """
    for rows in figures.rows_on_year.values():
        # All are held against the first: beside one another, many files would cost their square.
        there = [row for row in rows if not figures.missing[row].all()]
        for other in there[1:]:
            yield from _against(figures, other, there[0])


def _against(figures: Figures, row: int, first: int) -> Iterator[Check]:
    for table in ALL_TABLES:
        both = ~(figures.missing[row] | figures.missing[first])
        columns = [column for column in COLUMNS_ON[table.id, table.edition] if both[column]]
        if columns and (figures.form[row, columns] == EDITIONS.index(table.edition)).all():
            yield _same_table(figures, row, first, table, columns)


def _same_table(figures: Figures, row: int, first: int, table: Table, columns: list[int]) -> Check:
    cells = {CELLS[column]: column for column in columns if figures.disagree([row, first], column)}
    told = [
        say("{cell} {this} : {that}", "{cell} {this} : {that}", cell=cell_name(table, cell), **both)
        for cell, column in cells.items()
        for both in [{"this": _shown(figures, row, column), "that": _shown(figures, first, column)}]
    ]
    more = [Said.as_printed("…")] if len(told) > _MOST_CELLS else []
    return judged(
        figures.reports[row],
        TWO_FILES,
        _of_differences(figures, [row, first], list(cells.values())),
        (float(len(cells)), 0.0),
        list(cells),
        table=table_name(table),
        this=figures.reports[row].report_id.rpartition("/")[2],
        other=figures.reports[first].report_id.rpartition("/")[2],
        count=len(cells),
        which=joined([*told[:_MOST_CELLS], *more], ", ", "、"),
    )


def _of_differences(figures: Figures, rows: list[int], columns: list[int]) -> Verdict:
    """The verdict on cells that differ: a misreading of ours may make them so."""
    if not columns:
        return Verdict.HOLDS
    at = np.ix_(rows, columns)
    is_unsure = (figures.state[at] == UNREADABLE) | (figures.confidence[at] < LEAST_CONFIDENCE)
    return Verdict.UNDECIDED if is_unsure.any(axis=0).all() else Verdict.BROKEN


def _shown(figures: Figures, row: int, column: int) -> Said:
    """What a report has in a cell: its number and, of an amount, the unit; or that there is none."""
    state = figures.state[row, column]
    if state == BLANK:
        return message("explained", "blank")
    unit = "".join(figures.units([row], column)) if CELLS[column].endswith("/amount") else ""
    number = "/" if state == NOT_APPLICABLE else amount(figures.value[row, column])
    return Said.as_printed(f"{number} {unit}".strip())


def names(reports: pd.DataFrame) -> Iterator[Check]:
    """For each report but those of an agency's first year, whether its title names the agency as before.

    As any report on the last year before it does; a name within a name (with and without its city) is the
    same. What several files on one year name is told with these files.
    """
    known = reports.dropna(subset=["agency", "year", "printed_agency"])
    for _, own in known.groupby("agency", sort=False):
        of_year = list(own.groupby(own["year"].astype(int)))
        for (last, earlier), (_, rows) in pairwise(of_year):
            before = list(dict.fromkeys(earlier["printed_agency"]))
            for of, this in zip(identities(rows).values(), rows["printed_agency"], strict=True):
                is_same = any(is_one_name(this, name) for name in before)
                sides = (1.0 if is_same else 2.0), 1.0
                verdict = Verdict.HOLDS if is_same else Verdict.BROKEN
                told = {"this": this, "before": joined(before, ", ", "、"), "last": last}
                yield judged(of, "agency.name", verdict, sides, **told)


def is_one_name(one: str, other: str) -> bool:
    """Is one name the other, or within it?"""
    a, b = plain_name(one), plain_name(other)
    return a in b or b in a


def folders(reports: pd.DataFrame) -> Iterator[Check]:
    """For each report, whether its title names the agency that it is filed under; the row is the folder's.

    Undecided where it names another one that may be the same, renamed. Nothing is said where the folder or
    the title is called like no agency, unless one holds the other.
    """
    placed = reports.assign(agency=reports["folder"].fillna(reports["agency"]))
    known = placed.dropna(subset=["agency", "printed_agency"])
    names = zip(known["agency"], known["printed_agency"], strict=True)
    for of, (agency, printed) in zip(identities(known).values(), names, strict=True):
        verdict = _filed(plain_name(agency), plain_name(printed))
        if verdict is not None:
            yield judged(of, FOLDER, verdict, printed=printed, agency=agency)


def is_named(agency: str, title: str) -> bool:
    """Is it the agency whom the title of a report names, in full or for short?"""
    return are_one(plain_name(agency), plain_name(title))


def plain_name(name: str) -> str:
    """A name in simplified characters, without blanks."""
    return "".join(simplified(str(name)).split())


def _filed(agency: str, printed: str) -> Verdict | None:
    """What the name of a folder says of a title in it; None where they cannot be held against each other."""
    if not (is_body(agency) and is_body(printed)):
        return Verdict.HOLDS if agency in printed or printed in agency else None
    # Zones are merged and renamed, whatever places their names tell.
    if "other" not in (kind_of(agency), kind_of(printed)) and are_strangers(agency, printed):
        return Verdict.BROKEN
    return Verdict.HOLDS if are_one(agency, printed) else Verdict.UNDECIDED
