"""What every single cell must satisfy: no negative counts, no broken ones, and none missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from ogi.arrays import BoolArray
from ogi.checks.rows import Check, Verdict, amount, cell_name, judged, message, short_label, table_name
from ogi.columns import CELLS, COLUMNS_ON
from ogi.figures import SURE, UNREADABLE, Figures
from ogi.forms import ALL_TABLES, Table

_MAY_BE_NEGATIVE, _MAY_BE_BROKEN = (
    np.array([cell.endswith(f"/{measure}") for cell in CELLS]) for measure in ("change", "amount")
)
# Rows that a message names: enough to find the place, and a whole missing table stays one line.
_MOST_ROWS = 3


def sound_numbers(figures: Figures) -> Iterator[Check]:
    """A check per table with only sound numbers; else one per cell that is negative, or no whole number."""
    wrong = {
        "figures.non_negative": (figures.value < 0) & ~_MAY_BE_NEGATIVE,
        "figures.whole": (np.nan_to_num(figures.value) % 1 != 0) & ~_MAY_BE_BROKEN,
    }
    for table in ALL_TABLES:
        for rule_id, is_wrong in wrong.items():
            for row in figures.rows_on(table).tolist():
                yield from _sound(figures, row, table, rule_id, is_wrong[row])


def _sound(figures: Figures, row: int, table: Table, rule_id: str, is_wrong: BoolArray) -> Iterator[Check]:
    of, columns = figures.reports[row], COLUMNS_ON[table.id, table.edition]
    unsound = [column for column in columns if is_wrong[column]]
    if not unsound and figures.reported[row, columns].any():
        yield judged(of, rule_id, Verdict.HOLDS, table=table_name(table))
    for column in unsound:
        value, cell = float(figures.value[row, column]), CELLS[column]
        verdict = Verdict.BROKEN if figures.doubt[row, column] == SURE else Verdict.UNDECIDED
        sides = value, 0.0 if rule_id == "figures.non_negative" else float(round(value))
        yield judged(of, rule_id, verdict, sides, [cell], cell=cell_name(table, cell), value=amount(value))


def complete(figures: Figures, recognised: Collection[str]) -> Iterator[Check]:
    """Per report and table, whether every cell was found; undecided where the fault may be our own.

    `recognised`: the ids of the reports read from pictures, or that have pictures nobody read.
    """
    for table in ALL_TABLES:
        for row in figures.rows_on(table).tolist():
            yield _complete(figures, row, table, figures.reports[row].report_id in recognised)


def _complete(figures: Figures, row: int, table: Table, is_recognised: bool) -> Check:
    columns = COLUMNS_ON[table.id, table.edition]
    missing, expected = [CELLS[column] for column in columns if figures.missing[row, column]], len(columns)
    is_strange = (figures.doubt[row, columns] != SURE) | (figures.state[row, columns] == UNREADABLE)
    # The first that applies is told: what explains the most missing cells stands in front.
    reasons = {
        "no_table": len(missing) == expected,
        "strange": is_strange.any(),
        "recognised": is_recognised,
        "inferred": (figures.confidence[row, columns] < 1).any(),
    }
    reason = next((name for name, applies in reasons.items() if applies), None)
    verdict = Verdict.HOLDS if not missing else Verdict.BROKEN if reason is None else Verdict.UNDECIDED
    return judged(
        figures.reports[row],
        "figures.complete",
        verdict,
        (float(expected - len(missing)), float(expected)),
        missing,
        table=table_name(table),
        expected=expected,
        missing=len(missing),
        which=_rows_named(table, missing),
        reason="" if reason is None else message("figures.complete", reason),
    )


def _rows_named(table: Table, missing: list[str]) -> str:
    """The rows that lack cells, in the official words; of many, the first."""
    items = dict.fromkeys(cell.split("/")[1] for cell in missing)
    labels = [short_label(table.item(item)) for item in items]
    return "、".join(labels[:_MOST_ROWS]) + ("…" if len(labels) > _MOST_ROWS else "")
