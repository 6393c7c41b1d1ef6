"""The state of a cell of the panel: blank, zero, `/` and unreadable are four things, a broken sum a fifth."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ogi.agencies import Agencies
from ogi.checks import check
from ogi.compare import INDICATORS
from ogi.panel import VARIABLES, rows_of
from ogi.panel.states import BLANK_IN_BROKEN, IN_BROKEN, SIGN_IN_BROKEN
from ogi.tables import empty, from_rows, joined
from tests.panel.made import FORMULA, NEW
from tests.reports_made import Told, figures, made

RECON = {"upheld": 10, "corrected": 1, "other": 0, "pending": 0, "total": 0}
"""洪泽区 2023: ten upheld, one corrected, none in all."""
OTHER = "requests/other.{}/total"


def row(
    told: Told,
    *,
    doubtful: tuple[str, ...] = (),
    corrections: tuple[tuple[Any, ...], ...] = (),
) -> pd.Series:
    """The row of a report on 2023 with those cells, none of the others more than zero."""
    own = made({2023: told}, agency=FORMULA)
    cells = own.figures["table"] + "/" + own.figures["item"] + "/" + own.figures["measure"]
    sure = [0.5 if cell in doubtful else 1 for cell in cells]
    tables = {
        "reports": own.reports,
        "figures": own.figures.assign(confidence=sure),
        "checks": own.checks,
        "findings": empty("findings"),
        "corrections": from_rows("corrections", list(corrections)),
        "review_marks": empty("review_marks"),
    }
    return rows_of(tables, Agencies(empty("catalogue"))).to_pandas().iloc[0]


def of(row: pd.Series, name: str) -> tuple[float, float]:
    return row[name], row[f"{name}_s"]


def recon(**cells: float | str) -> dict[str, float | str]:
    return {f"review/reconsideration/{name}": value for name, value in (RECON | cells).items()}


def test_a_blank_and_a_sign_for_nothing_that_mean_zero_are_two_things() -> None:
    told = {"requests/granted/total": "blank", "requests/partly_granted/total": ("not_applicable", "/")}
    own = row(told)
    assert (of(own, "rq_granted_tot"), of(own, "rq_partly_granted_tot")) == ((0, 5), (0, 9))
    assert of(own, "rq_new_tot") == (0, 0)


def test_each_number_of_a_sum_that_does_not_hold_is_marked_and_no_other() -> None:
    own = row(recon())
    assert [of(own, f"rv_recon_{name}") for name in ("upheld", "corr", "other", "pending", "tot")] == [
        *((10, 10), (1, 10), (0, 10), (0, 10)),
        (0, 10),
    ]
    states = [one.name for one in VARIABLES if one.role == "state" and not one.name.startswith("rv_recon")]
    assert set(own[states].dropna()) == {0, 11}


@pytest.mark.parametrize(("printed", "state"), [("blank", 13), (("not_applicable", "/"), 15)])
def test_zero_by_one_sum_is_marked_where_another_does_not_hold(
    printed: str | tuple[str, str], state: int
) -> None:
    """The row of blanks adds up to nothing, but the column that one of them is in does not."""
    told = {
        "requests/new/natural_person": 1,
        "requests/new/total": 1,
        "requests/granted/natural_person": printed,
    }
    own = row(told | {"requests/outcome_total/natural_person": 1, "requests/outcome_total/total": 1})
    assert (own["rq_granted_np"], own["rq_granted_np_s"]) == (0, state)


def test_a_broken_sum_is_told_after_doubts_and_corrections() -> None:
    upheld, total = "review/reconsideration/upheld", "review/reconsideration/total"
    fix = (f"{FORMULA}/2023.pdf", FORMULA, 2023, *total.split("/"), "0", "12", "r", "e", "w", "2024-01-01")
    own = row(recon(), doubtful=(upheld,), corrections=(fix,))
    assert own[["rv_recon_upheld_s", "rv_recon_tot_s", "rv_recon_corr_s"]].to_list() == [7, 18, 10]


def test_a_doubtful_number_blank_and_sign_are_three_things() -> None:
    told = {"requests/granted/total": "blank", "requests/partly_granted/total": ("not_applicable", "/")}
    own = row(told, doubtful=(*told, NEW))
    assert own[["rq_new_tot_s", "rq_granted_tot_s", "rq_partly_granted_tot_s"]].to_list() == [7, 14, 16]


@pytest.mark.parametrize(
    ("parts", "value", "state"),
    [
        ((1, 0, 2), 3, 11),
        ((1, "blank", 2), 3, 12),
        ((("not_applicable", "/"), "blank", "blank"), 0, 12),
    ],
)
def test_what_is_printed_nowhere_is_told_to_be_added_up(
    parts: tuple[float | str, ...], value: float, state: int
) -> None:
    told = dict(zip(map(OTHER.format, ("fee_unpaid", "no_correction", "other")), parts, strict=True))
    total = {f"requests/{item}/total": value for item in ("outcome_total", "new")}
    people = {f"requests/{item}/natural_person": value for item in ("outcome_total", "new")}
    own = row(told | total | people | _people(told))
    assert of(own, "rq_other_tot") == (value, state)


def _people(told: dict[str, float | str]) -> dict[str, float | str]:
    return {cell.replace("total", "natural_person"): value for cell, value in told.items()}


def test_what_is_added_up_of_a_broken_sum_is_marked_as_such() -> None:
    own = row({OTHER.format("other"): 3})
    assert of(own, "rq_other_tot") == (3, 10)


def test_an_edition_that_prints_the_cell_reports_it() -> None:
    own = made({2020: {}}, agency=FORMULA)
    tables = {"reports": own.reports, "figures": own.figures, "checks": own.checks}
    others = {name: empty(name) for name in ("findings", "corrections", "review_marks")}
    assert rows_of(tables | others, Agencies(empty("catalogue"))).to_pandas()["rq_other_tot_s"].to_list() == [
        0
    ]


def test_one_of_two_reports_on_a_year_may_break_a_sum() -> None:
    own, again = (figures(FORMULA, 2023, told, 0, {}) for told in (recon(), {}))
    again = again.assign(report_id=f"{FORMULA}/2023b.pdf")
    reports, both = made({2023: {}}, agency=FORMULA).reports, joined("figures", [own, again])
    tables = {
        "reports": joined("reports", [reports, reports.assign(report_id=f"{FORMULA}/2023b.pdf")]),
        "figures": both,
        "checks": check(both),
        **{name: empty(name) for name in ("findings", "corrections", "review_marks")},
    }
    (found,) = rows_of(tables, Agencies(empty("catalogue"))).to_pylist()
    assert [found[f"rv_recon_{name}_s"] for name in ("upheld", "tot")] == [6, 10]


def test_the_marks_of_an_indicator_without_value_tell_why() -> None:
    """Eleven results and a total of none: nothing to divide by, and a sum that does not hold."""
    own = row(recon())
    marks = own[[f"i_recon_corr_rate{mark}" for mark in ("", "_few", "_wrong", "_zero", "_doubt")]]
    assert marks.fillna(-1).to_list() == [-1, 1, 1, -1, -1]


def test_a_correction_that_breaks_a_sum_is_marked_and_so_is_what_it_is_added_up_into() -> None:
    told = {OTHER.format(part): 1 for part in ("fee_unpaid", "other")}
    told |= _people(told) | {
        f"requests/{item}/{who}": 2
        for item in ("outcome_total", "new")
        for who in ("natural_person", "total")
    }
    cell = OTHER.format("other")
    fix = (f"{FORMULA}/2023.pdf", FORMULA, 2023, *cell.split("/"), "1", "7", "r", "e", "w", "2024-01-01")
    own = row(told, corrections=(fix,))
    assert (of(own, "rq_other_other_tot"), of(own, "rq_other_tot")) == ((7, 17), (8, 17))
    assert (own["rq_other_fee_unpaid_tot_s"], own["i_other_share_refuted"]) == (0, 1)


@pytest.mark.parametrize(("total", "few"), [(5, 1), (40, 0), ("unreadable", -1)])
def test_a_known_denominator_is_few_or_not_also_where_the_numerator_is_not_known(
    total: float | str, few: int
) -> None:
    own = row({"requests/granted/total": "unreadable", "requests/outcome_total/total": total})
    assert own[["i_disclosure_rate", "i_disclosure_rate_few"]].fillna(-1).to_list() == [-1, few]


def test_an_indicator_is_marked_where_a_sum_of_one_of_two_files_does_not_hold() -> None:
    """Merged, the files tell no sum that is broken: on one of its figures they disagree."""
    total = "requests/outcome_total/total"
    second = figures(FORMULA, 2023, {NEW: 6, total: 4}, 0, {}).assign(report_id=f"{FORMULA}/2023b.pdf")
    own = made({2023: {NEW: 5, total: 4}}, agency=FORMULA)
    both = joined("figures", [own.figures, second])
    reports = joined("reports", [own.reports, own.reports.assign(report_id=f"{FORMULA}/2023b.pdf")])
    tables = {"reports": reports, "figures": both, "checks": check(both)}
    others = {name: empty(name) for name in ("findings", "corrections", "review_marks")}
    row = rows_of(tables | others, Agencies(empty("catalogue"))).to_pandas().iloc[0]
    assert of(row, "rq_outcome_tot_tot") == (4, 10)
    assert row["rq_new_tot_s"] == 6
    assert row["i_disclosure_rate_wrong"] == 1
    states = {one.of: one.name for one in VARIABLES if one.role == "state"}
    marks = {one.of: one.name for one in VARIABLES if one.role == "wrong"}
    for indicator in INDICATORS.values():
        told = {row[states[cell]] for cell in indicator.cells}
        if told & {IN_BROKEN, BLANK_IN_BROKEN, SIGN_IN_BROKEN}:
            assert row[marks[indicator.id]] == 1, indicator.id
