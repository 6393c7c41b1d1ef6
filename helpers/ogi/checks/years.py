"""One report against others of its agency: sums handed on, sudden changes, two files on a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ogi.checks.cells import SHOWN, identities_of, table_name
from ogi.checks.grid import FILLED, SURE, Cells, Flags, Floats, Grid
from ogi.checks.lines import ACROSS, Lines, handed_on, pairs_of
from ogi.checks.rows import Identity, identities, row
from ogi.checks.sentences import Verdict, amount, cell_name, say
from ogi.extract.report import Severity
from ogi.forms import CARRIES, TABLES, Table
from ogi.values import LEAST_CONFIDENCE, State

SUDDEN, SAME_YEAR = "figures.sudden_change", "figures.same_year"
TIMES, SMALL = 5, 20
"""A figure over TIMES last year's, or as much under it, is sudden, unless both are under SMALL."""
FEW, SMALL_SHARE = 2, 0.05
"""What a carry-over may differ by, in cases or as a share of the larger side, to be graded a note."""
TOTAL = "total"

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


def over_years(grids: Sequence[Grid], language: str) -> list[Lines]:
    """Every sum over two years that some report's tables have the parts for."""
    fitting = [(rule, [grid for grid in grids if rule.fits(grid.table)]) for rule in ACROSS]
    return [handed_on(found, rule, language) for rule, found in fitting if found]


def graded(checks: pd.DataFrame) -> pd.DataFrame:
    """The checks, with a carry-over that breaks by little (FEW cases, or SMALL_SHARE) made a mere note."""
    carry = checks["rule_id"].isin([carry.id for carry in CARRIES]) & (checks["verdict"] == Verdict.BROKEN)
    larger = checks[["left", "right"]].abs().max(axis=1)
    off = checks["difference"].abs()
    small = carry & ((off <= FEW) | (off < SMALL_SHARE * larger))
    return checks.assign(severity=checks["severity"].mask(small, Severity.NOTE))


def sudden_changes(grids: Sequence[Grid], language: str) -> Iterator[dict[str, object]]:
    """A row for each comparable total that is many times last year's or a fraction of it, else one per table.

    Both years must print a number; of other tables than that of totals, what is comparable counts.
    """
    for now in grids:
        for before in grids:
            if now.table.id == before.table.id:
                yield from _sudden(now, before, language)


def _sudden(now: Grid, before: Grid, language: str) -> Iterator[dict[str, object]]:
    pairs, cells = pairs_of(now.reports, before.reports), _comparable(now.table, before.table)
    if pairs.empty or not cells:
        return
    this, last = (
        Cells(*(array[pairs[row].to_numpy()][:, items, measures] for array in grid.cells.arrays))
        for grid, row in ((now, "row"), (before, "row_last"))
        for items, measures in [_places(grid.table, cells)]
    )
    told = (this.states == FILLED) & (last.states == FILLED)
    jumps = told & _is_sudden(this.values, last.values)
    who = identities_of(now)
    table = table_name(now.table, language)
    for n, of in enumerate(who[at] for at in pairs["row"]):
        if told[n].any() and not jumps[n].any():
            year = None if of.year is None else of.year - 1
            yield row(
                of,
                SUDDEN,
                Verdict.HOLDS,
                say(_SENTENCES[SUDDEN, Verdict.HOLDS], language, table=table, times=TIMES, last=year),
            )
        for place in np.flatnonzero(jumps[n]):
            sure = this.doubts[n, place] == last.doubts[n, place] == SURE
            sides = float(this.values[n, place]), float(last.values[n, place])
            yield _jump(
                of, now.table, cells[place], sides, Verdict.BROKEN if sure else Verdict.UNDECIDED, language
            )


def _jump(
    of: Identity,
    table: Table,
    cell: tuple[str, str],
    sides: tuple[float, float],
    verdict: Verdict,
    language: str,
) -> dict[str, object]:
    year = 0 if of.year is None else of.year
    values = {
        "cell": cell_name(table, *cell),
        "this": amount(sides[0]),
        "before": amount(sides[1]),
        "last": year - 1,
    }
    ids = [f"{when}:{table.id}/{cell[0]}/{cell[1]}" for when in (year - 1, year)]
    return row(of, SUDDEN, verdict, say(_SENTENCES[SUDDEN, verdict], language, **values), sides, ids)


def _is_sudden(this: Floats, last: Floats) -> Flags:
    high, low = np.maximum(this, last), np.minimum(this, last)
    sudden: Flags = (high >= SMALL) & (high > TIMES * low)
    return sudden


def _comparable(now: Table, before: Table) -> list[tuple[str, str]]:
    """The cells that both tables print and that mean the same; of a row with a total, the total."""
    theirs = {(item.id, measure.id) for item, measure in before.cells()}
    return [
        (item.id, measure.id)
        for item, measure in now.cells()
        if measure.comparable
        and (item.id, measure.id) in theirs
        and (measure.id == TOTAL or TOTAL not in now.cells_of[item.id])
    ]


def _places(table: Table, cells: list[tuple[str, str]]) -> tuple[list[int], list[int]]:
    items, measures = [i.id for i in table.items], [m.id for m in table.measures]
    return [items.index(item) for item, _ in cells], [measures.index(measure) for _, measure in cells]


def same_year(figures: pd.DataFrame, language: str) -> Iterator[dict[str, object]]:
    """For each file beyond the first on one agency and year, table by table, how its figures differ from it.

    Blank cells and zeros are not told apart; cells that were not read, or badly, are left out.
    """
    reports = figures.drop_duplicates("report_id").dropna(subset=["agency", "year"])
    several = reports[reports.duplicated(["agency", "year"], keep=False)]
    if several.empty:
        return
    read = figures[
        figures["report_id"].isin(several["report_id"])
        & ~figures["state"].isin([State.UNREADABLE, State.ABSENT])
    ]
    if "confidence" in read:
        read = read[read["confidence"] >= LEAST_CONFIDENCE]
    held = {str(report): own for report, own in read.groupby("report_id", sort=False)}
    who = identities(several)
    for _, files in several.groupby(["agency", "year"], sort=False)["report_id"]:
        first, *others = (str(file) for file in files if str(file) in held)
        for other in others:
            yield from _against(who[other], held[other], first, held[first], language)


def _against(
    of: Identity, own: pd.DataFrame, other: str, theirs: pd.DataFrame, language: str
) -> Iterator[dict[str, object]]:
    cell = ["table", "item", "measure"]
    both = own.merge(theirs[[*cell, "value"]], on=cell, suffixes=("", "_other"))
    both = both.assign(value=both["value"].fillna(0.0), value_other=both["value_other"].fillna(0.0))
    for (table_id, edition), rows in both.groupby(["table", "form"], sort=False):
        table = TABLES[str(table_id)][str(edition)]
        differing = rows[rows["value"] != rows["value_other"]]
        named = [
            f"{cell_name(table, item, measure)} {amount(this)} : {amount(that)}"
            for item, measure, this, that in zip(
                *(differing[name] for name in ("item", "measure", "value", "value_other")), strict=True
            )
        ]
        verdict, count = (Verdict.BROKEN if named else Verdict.HOLDS), len(named)
        values = {"table": table_name(table, language), "other": other, "count": count}
        cells = ", ".join(named[:SHOWN]) + (", …" if count > SHOWN else "")
        message = say(_SENTENCES[SAME_YEAR, verdict], language, **values, cells=cells)
        ids = ["/".join(key) for key in zip(*(differing[name] for name in cell), strict=True)]
        yield row(of, SAME_YEAR, verdict, message, (float(count), 0.0), ids)
