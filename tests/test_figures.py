"""The index over figures: one cell of one report, and many reports at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ogi.columns import CELLS, COLUMN
from ogi.extract.report import FindingKind
from ogi.figures import ABSENT, BADLY_READ, BLANK, NEAR_STRANGE, NO_CELL, SURE, TOLERANCE, Figures, equal
from ogi.values import LEAST_CONFIDENCE, State
from ogi.zeros import with_zeros
from tests import reports_made
from tests.checks.made import Cell, findings, line, report

TOTAL = "review/reconsideration/total"


def review(*cells: Cell) -> Figures:
    return Figures.of(report(cells=line("review", "reconsideration", list(cells))))


def test_a_cell_is_found_by_report_and_id() -> None:
    told = {TOTAL: 7, "review/reconsideration/other": (State.UNREADABLE, "1,5")}
    figures = Figures.of(reports_made.figures("a", 2022, told, 0, {}))
    total = figures.cell("a/2022.pdf", TOTAL)
    other = figures.cell("a/2022.pdf", "review/reconsideration/other")
    assert total is not None
    assert other is not None
    assert (total.value, total.state, total.unit, total.printed, total.page) == (7, "reported", "件", "7", 3)
    assert (other.value, other.state, other.printed) == (None, "unreadable", "1,5")


def test_another_report_or_a_cell_of_another_edition_is_not_found() -> None:
    figures = Figures.of(reports_made.figures("a", 2022, {}, 0, {}))
    assert figures.cell("b/2022.pdf", TOTAL) is None
    assert figures.cell("a/2022.pdf", "requests/other/total") is None


def test_the_correction_laid_on_a_cell_is_told_with_it() -> None:
    frame = reports_made.figures("a", 2022, {TOTAL: 7}, 0, {})
    row = {"report_id": "a/2022.pdf", "table": "review", "item": "reconsideration", "measure": "total"}
    figures = Figures.of(frame, corrections=pd.DataFrame([row | {"who": "Li"}]))
    cell = figures.cell("a/2022.pdf", TOTAL)
    assert cell is not None
    assert cell.correction is not None
    assert cell.correction["who"] == "Li"


def test_reports_stand_in_the_order_of_the_frame_and_can_be_taken() -> None:
    figures = Figures.of(pd.concat([report(name="b"), report(name="a", cells={"reconsideration/total": 4})]))
    assert [of.report_id for of in figures.reports] == ["b", "a"]
    assert figures.take([1]).value[0, COLUMN[TOTAL]] == 4


def test_blank_zero_a_sign_unreadable_and_absent_stay_apart() -> None:
    figures = review(0, "", "/", "?", None)
    columns = [
        COLUMN[f"review/reconsideration/{m}"] for m in ("upheld", "corrected", "other", "pending", "total")
    ]
    assert [figures.value[0, c] for c in columns[:1]] == [0]
    assert np.isnan(figures.value[0, columns[1:]]).all()
    assert figures.state[0, columns].tolist() == [0, BLANK, 2, 3, ABSENT]
    assert figures.state[0, COLUMN["requests/new/total"]] == NO_CELL
    assert figures.blank_as_zero[0, columns[:3]].tolist() == [0, 0, 0]
    assert np.isnan(figures.blank_as_zero[0, columns[3:]]).all()


def test_a_blank_counts_as_zero_only_where_a_sum_of_its_table_holds_that_way() -> None:
    corrected = COLUMN["review/reconsideration/corrected"]
    assert with_zeros(review(3, "", 0, 0, 3)).counted[0, corrected] == 0
    assert np.isnan(with_zeros(review(3, "", 0, 0, 4)).counted[0, corrected])


def test_a_sum_that_breaks_in_one_report_hinders_no_other_from_leaving_a_line_blank() -> None:
    blank = line("review", "litigation_direct", [""] * 5)
    reports = [
        report(name=name, cells=line("review", "reconsideration", [1, 2, "", 0, total]) | blank)
        for name, total in (("holds", 3), ("breaks", 4))
    ]
    column = COLUMN["review/litigation_direct/total"]
    assert with_zeros(Figures.of(pd.concat(reports))).zero[:, column].tolist() == [True, False]


def test_a_blank_total_over_parts_that_are_not_zero_is_not_filled_in() -> None:
    total = COLUMN[TOTAL]
    assert review(3, 0, 0, 0, "").unfilled[0, total]
    assert not review(0, "", 0, 0, "").unfilled[0, total]


@pytest.mark.parametrize(
    ("confidence", "doubt"), [(LEAST_CONFIDENCE, SURE), (LEAST_CONFIDENCE - 0.01, BADLY_READ)]
)
def test_a_figure_read_with_little_confidence_is_in_doubt(confidence: float, doubt: int) -> None:
    figures = Figures.of(report().assign(confidence=confidence))
    assert figures.doubt[0, COLUMN[TOTAL]] == doubt


@pytest.mark.parametrize(
    ("table", "doubt"), [("review", NEAR_STRANGE), (None, NEAR_STRANGE), ("requests", SURE)]
)
def test_what_was_not_understood_casts_doubt_on_its_table(table: str | None, doubt: int) -> None:
    strange = findings((FindingKind.LABEL_UNKNOWN, table), name="a/1")
    assert Figures.of(report(), strange).doubt[0, COLUMN[TOTAL]] == doubt
    harmless = findings((FindingKind.LABEL_MISSPELT, table), name="a/1")
    assert Figures.of(report(), harmless).doubt[0, COLUMN[TOTAL]] == SURE


def test_sums_are_equal_within_the_tolerance_and_what_is_not_known_equals_nothing() -> None:
    left = np.array([1.0, 1.0, np.nan])
    right = np.array([1 + TOLERANCE / 2, 1 + 2 * TOLERANCE, np.nan])
    assert equal(left, right).tolist() == [True, False, False]


def test_every_cell_has_one_column() -> None:
    assert len(set(CELLS)) == len(CELLS) == len(COLUMN)
