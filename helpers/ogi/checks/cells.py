"""What every single cell must satisfy: no negative counts, no broken ones, and none missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ogi.checks.grid import ABSENT, FILLED, SURE, UNREADABLE, Flags, Grid
from ogi.checks.rows import Identity, row
from ogi.checks.sentences import Verdict, amount, cell_name, say, short_label
from ogi.forms import Table

NON_NEGATIVE, WHOLE, COMPLETE = "figures.non_negative", "figures.whole", "figures.complete"
SIGNED, AMOUNT = "change", "amount"
"""The measures that may be negative, and that may have decimals."""
SHOWN = 3

_SENTENCES = {
    (NON_NEGATIVE, Verdict.HOLDS): ("{table}: none of its figures is negative.", "{table}：没有负数。"),
    (WHOLE, Verdict.HOLDS): ("{table}: all of its counts are whole numbers.", "{table}：件数均为整数。"),
    (NON_NEGATIVE, Verdict.BROKEN): ("{cell}: {value} is negative.", "{cell}：{value}为负数。"),
    (WHOLE, Verdict.BROKEN): ("{cell}: {value} is no whole number.", "{cell}：{value}不是整数。"),
    (NON_NEGATIVE, Verdict.UNDECIDED): (
        "{cell}: {value} is negative, but was read with little confidence.",
        "{cell}：{value}为负数，但识读把握不大。",
    ),
    (WHOLE, Verdict.UNDECIDED): (
        "{cell}: {value} is no whole number, but was read with little confidence.",
        "{cell}：{value}不是整数，但识读把握不大。",
    ),
    (COMPLETE, Verdict.HOLDS): (
        "{table}: all {expected} cells are there.",
        "{table}：{expected}个单元格齐全。",
    ),
    (COMPLETE, Verdict.BROKEN): (
        "{table}: of {expected} cells {missing} are missing: {cells}.",
        "{table}：应有{expected}个单元格，缺{missing}个：{cells}。",
    ),
    (COMPLETE, Verdict.UNDECIDED): (
        "{table}: of {expected} cells {missing} were not found ({cells}), maybe by our own fault: {reason}.",
        "{table}：应有{expected}个单元格，{missing}个未找到（{cells}），可能是识读所致：{reason}。",
    ),
}
_REASONS = {
    "no table": ("the whole table was not recognised", "未识别出整张表"),
    "strange": ("something else in the table was not understood", "表中另有内容未能识别"),
    "recognised": ("the text was recognised from a picture", "文字由图像识别而来"),
    "inferred": ("not all of its cells were found with certainty", "部分单元格的位置系推断而来"),
}


def sound_numbers(grids: Sequence[Grid], language: str) -> Iterator[dict[str, object]]:
    """A row per table that has only sound numbers; else one per cell that is negative, or no whole number."""
    for grid in grids:
        values, filled = grid.cells.values, grid.cells.states == FILLED
        may = {name: np.array([m.id == name for m in grid.table.measures]) for name in (SIGNED, AMOUNT)}
        yield from _numbers(
            grid, NON_NEGATIVE, filled & (values < 0) & ~may[SIGNED], np.zeros_like(values), language
        )
        yield from _numbers(grid, WHOLE, filled & (values % 1 != 0) & ~may[AMOUNT], np.rint(values), language)


def _numbers(
    grid: Grid, rule_id: str, wrong: Flags, ought: npt.NDArray[np.float64], language: str
) -> Iterator[dict[str, object]]:
    table = grid.table
    is_wrong: Flags = np.logical_or.reduce(wrong, axis=(1, 2))
    is_filled = (grid.cells.states == FILLED).any(axis=(1, 2))
    holding = say(_SENTENCES[rule_id, Verdict.HOLDS], language, table=table_name(table, language))
    for n, of in enumerate(identities_of(grid)):
        if not is_wrong[n]:
            if is_filled[n]:
                yield row(of, rule_id, Verdict.HOLDS, holding)
            continue
        for i, m in np.argwhere(wrong[n]):
            item, measure, value = table.items[i].id, table.measures[m].id, float(grid.cells.values[n, i, m])
            verdict = Verdict.BROKEN if grid.cells.doubts[n, i, m] == SURE else Verdict.UNDECIDED
            values = {"cell": cell_name(table, item, measure), "value": amount(value)}
            message = say(_SENTENCES[rule_id, verdict], language, **values)
            sides = value, float(ought[n, i, m])
            yield row(of, rule_id, verdict, message, sides, [f"{table.id}/{item}/{measure}"])


def complete(grids: Sequence[Grid], recognised: set[str], language: str) -> Iterator[dict[str, object]]:
    """Per report and table, whether every cell was found; undecided where the fault may be our own.

    `recognised`: the ids of the reports read from pictures, or that have pictures nobody read.
    """
    for grid in grids:
        printed = grid.printed
        absent = (grid.cells.states == ABSENT) & printed
        strange = (grid.cells.doubts != SURE).any(axis=(1, 2)) | (grid.cells.states == UNREADABLE).any(
            axis=(1, 2)
        )
        for n, of in enumerate(identities_of(grid)):
            missing = grid.ids(absent[n])
            reasons = {
                "no table": len(missing) == printed.sum(),
                "strange": strange[n],
                "recognised": of.report_id in recognised,
                "inferred": grid.inferred[n],
            }
            reason = next((name for name, counts in reasons.items() if counts), None)
            verdict = (
                Verdict.HOLDS if not missing else Verdict.BROKEN if reason is None else Verdict.UNDECIDED
            )
            message = say(
                _SENTENCES[COMPLETE, verdict],
                language,
                table=table_name(grid.table, language),
                expected=printed.sum(),
                missing=len(missing),
                cells=_rows_named(grid, absent[n]),
                reason="" if reason is None else say(_REASONS[reason], language),
            )
            sides = float(printed.sum() - len(missing)), float(printed.sum())
            yield row(of, COMPLETE, verdict, message, sides, missing)


def _rows_named(grid: Grid, absent: Flags) -> str:
    """The rows that lack cells, in the official words; of many, the first."""
    lacking: Flags = np.logical_or.reduce(absent, axis=1)
    pairs = zip(grid.table.items, lacking, strict=True)
    labels = [short_label(item) for item, lacks in pairs if lacks]
    return "、".join(labels[:SHOWN]) + ("…" if len(labels) > SHOWN else "")


def identities_of(grid: Grid) -> list[Identity]:
    """The reports of a grid, in its order."""
    rows = zip(*(grid.reports[name] for name in ("report_id", "agency", "year")), strict=True)
    return [
        Identity(str(report), None if pd.isna(agency) else str(agency), None if pd.isna(year) else int(year))
        for report, agency, year in rows
    ]


def table_name(table: Table, language: str) -> str:
    """The table's official title; in English beside its name there."""
    return table.zh if language == "zh" else f"{table.en} ({table.zh})"
