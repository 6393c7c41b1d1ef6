"""Every sum of the forms holds on a sound report, breaks on a broken one, and takes no blank for wrong."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from ogi.checks import COLUMNS, check
from ogi.forms import TABLES
from ogi.tables import SCHEMAS
from ogi.tables.schema import to_arrow
from tests.checks.made import CHECKED, Cell, line, report, sound, sums

# --- the rules are those of the forms ---------------------------------------------------------------


@pytest.mark.parametrize(("table", "edition"), CHECKED)
def test_every_equation_is_checked_on_every_line(table: str, edition: str) -> None:
    form = TABLES[table][edition]
    checks = sums(sound(table, edition))
    expected = {r.id: len(form.measures if r.axis == "items" else form.items) for r in form.equations}
    assert checks["rule_id"].value_counts().to_dict() == expected
    assert set(checks["verdict"]) == {"holds"}
    assert (checks["left"] == checks["right"]).all()
    assert (checks["left"] > 0).all()


def test_the_proactive_table_has_no_sums() -> None:
    assert len(sums(report("proactive", "2021"))) == 0


def test_no_figures_give_no_checks() -> None:
    none = check(report().iloc[:0])
    assert len(none) == 0
    assert list(none.columns) == list(COLUMNS)


def test_checks_have_the_columns_and_types_of_their_table() -> None:
    checks = check(pd.concat([report(), report(name="a/2", year=2023)]))
    assert list(checks.columns) == SCHEMAS["checks"].names == list(COLUMNS)
    assert to_arrow("checks", checks).num_rows == len(checks) > 6
    assert checks["year"].dtype == "int64"
    of_the_form = checks["rule_id"] == "review.results"
    assert (checks["official"] == of_the_form).all()
    assert set(checks.loc[of_the_form, "severity"]) == {"error"}


# --- the verdicts -----------------------------------------------------------------------------------

NAN = np.nan


@pytest.mark.parametrize(
    ("cells", "verdict", "left", "right"),
    [
        ([1, 2, 3, 4, 10], "holds", 10, 10),
        ([0, 0, 0, 0, 0], "holds", 0, 0),
        ([10, 1, 0, 0, 0], "broken", 11, 0),
        ([1, 0, 0, 0, 2], "broken", 1, 2),
        ([5, "", "", 2, 7], "holds_blank_as_zero", 7, 7),
        ([5, "/", 0, 2, 7], "holds_blank_as_zero", 7, 7),
        (["", "", "", "", 0], "holds_blank_as_zero", 0, 0),
        ([0, 0, 0, 0, ""], "holds_blank_as_zero", 0, 0),
        ([5, "", "", 2, 9], "broken", 7, 9),
        ([5, "", "", 2, 3], "broken", 7, 3),
        (["", "", "", "", 7], "undecided", NAN, 7),
        (["/", "/", "/", "/", 7], "undecided", NAN, 7),
        ([5, 0, 0, 2, ""], "undecided", 7, NAN),
        ([5, 0, 0, 2, "/"], "undecided", 7, NAN),
        ([5, "?", 0, 2, 7], "undecided", NAN, 7),
        ([5, 0, 0, 2, "?"], "undecided", 7, NAN),
        ([5, None, 0, 2, 7], "undecided", NAN, 7),
        ([5, 0, 0, 2, None], "undecided", 7, NAN),
        ([None] * 5, "undecided", NAN, NAN),
        (["", "", "", "", ""], "not_applicable", NAN, NAN),
        (["/", "", "/", "", ""], "not_applicable", NAN, NAN),
        ([0.1, 0.2, 0, 0, 0.3], "holds", 0.1 + 0.2, 0.3),
        ([12345678, 1, 0, 0, 12345680], "broken", 12345679, 12345680),
    ],
)
def test_verdict_of_a_line(cells: list[Cell], verdict: str, left: float, right: float) -> None:
    checks = sums(report(cells=line("review", "litigation_direct", cells)))
    row = checks.iloc[1]
    assert row["verdict"] == verdict
    assert row["cells"][0] == "review/litigation_direct/upheld"
    assert row["left"] == pytest.approx(left, nan_ok=True)
    assert row["right"] == pytest.approx(right, nan_ok=True)
    assert row["difference"] == pytest.approx(left - right, nan_ok=True, abs=1e-5)
    assert list(checks["verdict"].iloc[[0, 2]]) == ["holds", "holds"]


@pytest.mark.parametrize(("language", "words"), [("en", "for nothing (/, —, 无)"), ("zh", "“/”“—”“无”")])
@pytest.mark.parametrize("cells", [[5, "/", 0, 2, 7], ["/"] * 5])
def test_a_sign_for_nothing_is_called_no_blank(cells: list[Cell], language: str, words: str) -> None:
    found = check(report(cells=line("review", "litigation_direct", cells)), language)
    own = found[[list(row[:1]) == ["review/litigation_direct/upheld"] for row in found["cells"]]]
    assert words in own["message"].iloc[0]


def test_a_report_that_fills_only_its_totals_is_not_wrong() -> None:
    cells = line("requests", "new", [""] * 6 + [12]) | line("requests", "granted", [""] * 6 + [9])
    cells |= line("requests", "outcome_total", [""] * 6 + [9]) | line(
        "requests", "carried_out", [""] * 6 + [3]
    )
    checks = sums(report("requests", cells=cells, otherwise=""))
    by_rule = checks.groupby("rule_id")["verdict"].agg(lambda v: v.value_counts().to_dict())
    assert by_rule["requests.balance"] == {"not_applicable": 6, "holds_blank_as_zero": 1}
    assert by_rule["requests.outcomes"] == {"not_applicable": 6, "holds_blank_as_zero": 1}
    assert by_rule["requests.applicants"] == {"not_applicable": 21, "undecided": 4}


def test_a_report_that_fills_everything_but_the_totals_is_not_wrong() -> None:
    """As one real report prints it: outcomes without row totals, under a total of outcomes that has one."""
    cells = line("requests", "new", [821, 35, "", "", 2, 1, 859]) | line(
        "requests", "granted", [767, 35, "", "", 2, 1, ""]
    )
    cells |= line("requests", "carried_in", [18, *[""] * 5, 18]) | line(
        "requests", "carried_out", [72, *[""] * 5, 72]
    )
    cells |= line("requests", "outcome_total", [767, 35, "", "", 2, 1, 805])
    checks = sums(report("requests", cells=cells, otherwise=""))
    assert "broken" not in set(checks["verdict"])
    balance = list(checks.loc[checks["rule_id"] == "requests.balance", "verdict"])
    blank, zero = "not_applicable", "holds_blank_as_zero"
    assert balance == ["holds", zero, blank, blank, zero, zero, "holds"]
    undecided = checks[checks["verdict"] == "undecided"]
    assert [(row.rule_id, row.cells[0]) for row in undecided.itertuples()] == [
        ("requests.outcomes", "requests/granted/total"),
        ("requests.applicants", "requests/granted/natural_person"),
    ]


def test_a_total_that_is_not_filled_in_is_not_zero_for_another_rule_either() -> None:
    """The balance would hold with the blank total of outcomes read as zero, but the outcomes are three."""
    cells: dict[str, Cell] = {
        "new/natural_person": 2,
        "granted/natural_person": 3,
        "carried_out/natural_person": 2,
    }
    checks = sums(report("requests", cells=cells | {"outcome_total/natural_person": ""}))
    first = checks.groupby("rule_id").first()
    assert first.loc["requests.balance", "verdict"] == "undecided"
    assert first.loc["requests.outcomes", "verdict"] == "undecided"


# --- from year to year ------------------------------------------------------------------------------

CARRY = "requests.carry_over"


def year_of(
    year: int | None, cells: dict[str, Cell], edition: str = "2021", agency: str | None = "a"
) -> pd.DataFrame:
    return report("requests", edition, cells, f"{agency}/{year}", agency, year)


def carried(*reports: pd.DataFrame) -> pd.DataFrame:
    checks = sums(pd.concat(reports, ignore_index=True))
    return checks[checks["rule_id"] == CARRY]


@pytest.mark.parametrize(
    ("last", "this", "verdict"),
    [
        (4, 4, "holds"),
        (40, 47, "broken"),
        ("", "", "not_applicable"),
        (0, "", "holds_blank_as_zero"),
        (4, "", "undecided"),
        ("", 4, "undecided"),
        ("?", 4, "undecided"),
        (None, 4, "undecided"),
    ],
)
def test_what_one_year_carries_out_the_next_carries_in(last: Cell, this: Cell, verdict: str) -> None:
    before = year_of(2020, {"carried_out/business": last}, "2019")
    rows = carried(year_of(2021, {"carried_in/business": this}), before)
    assert len(rows) == len(TABLES["requests"]["2021"].measures)
    assert set(rows["report_id"]) == {"a/2021"}
    assert list(rows["verdict"]) == ["holds", verdict, *["holds"] * 5]
    row = rows.iloc[1]
    assert row["cells"] == ["2020:requests/carried_out/business", "2021:requests/carried_in/business"]
    assert (row["severity"], row["official"], row["year"]) == ("warning", False, 2021)
    if verdict == "broken":
        assert (row["left"], row["right"], row["difference"]) == (40, 47, -7)
        assert "2020" in row["message"]
        assert "2021" in row["message"]


def test_only_adjacent_years_of_one_agency_are_compared() -> None:
    assert len(carried(year_of(2020, {}), year_of(2022, {}))) == 0
    assert len(carried(year_of(2020, {}), year_of(2021, {}, agency="b"))) == 0
    assert len(carried(year_of(None, {}), year_of(2021, {}))) == 0
    assert len(carried(year_of(2020, {}, agency=None), year_of(2021, {}, agency=None))) == 0


def test_each_of_two_files_on_one_year_is_compared() -> None:
    twice = [year_of(2020, {"carried_out/total": n}).assign(report_id=f"a/2020-{n}") for n in (0, 7)]
    rows = carried(*twice, year_of(2021, {}))
    assert sorted(rows["verdict"]) == ["broken", *["holds"] * 13]


def test_many_files_on_one_year_cost_no_square() -> None:
    files = [
        year_of(year, {"carried_out/total": n}).assign(report_id=f"a/{year}-{n}")
        for year in (2020, 2021)
        for n in range(4)
    ]
    rows = carried(*files)
    first = rows[rows["report_id"] == "a/2021-0"]
    assert len(rows) == (4 + 3) * 7
    assert len(first) == 4 * 7
    assert set(rows["report_id"]) == {f"a/2021-{n}" for n in range(4)}


# --- what is said, and what is refused ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["Reconsideration (行政复议)", "结果维持 + 结果纠正", "= 11", "but 总计 = 0", "difference 11"],
        ),
        ("zh", ["行政复议：", "结果维持 + 结果纠正", "= 11", "而总计 = 0", "相差11"]),
    ],
)
def test_the_message_names_labels_numbers_and_difference(language: str, words: list[str]) -> None:
    cells = line("review", "reconsideration", [10, 1, 0, 0, 0])
    message = sums(report(cells=cells), language)["message"].iloc[0]
    assert [word for word in words if word not in message] == []
    assert "\n" not in message


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "cells", [[1, 0, 0, 0, 1], [1, "", 0, 0, 1], [1, "?", 0, 0, 1], [""] * 5, [1, 0, 0, 0, ""]]
)
def test_every_verdict_has_its_own_sentence(language: str, cells: list[Cell]) -> None:
    told = sums(report(cells=line("review", "reconsideration", cells)), language)
    broken = sums(report(cells=line("review", "reconsideration", [1, 0, 0, 0, 3])), language)
    assert told["message"].iloc[0] != broken["message"].iloc[0]
    assert "nan" not in told["message"].iloc[0]
    assert "{" not in told["message"].iloc[0]


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of en, zh, found 'fr'"):
        sums(report(), "fr")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"form": "2014"}, "a/1: no form has review/reconsideration/upheld"),
        ({"table": "budget"}, "no form has budget/reconsideration/upheld"),
        ({"item": "mediation"}, "no form has review/mediation/upheld"),
        ({"measure": "corrected"}, "expected one figure for review/reconsideration/corrected"),
    ],
)
def test_a_cell_of_no_form_and_a_cell_held_twice_are_refused(change: dict[str, str], message: str) -> None:
    figures = report()
    for name, value in change.items():
        figures.loc[0, name] = value
    with pytest.raises(ValueError, match=message):
        sums(figures)


def test_rows_come_in_the_order_of_the_reports() -> None:
    reports = [sound("review", "2021", name) for name in ("b/2", "a/9", "c/1")]
    checks = sums(pd.concat([*reports, sound("requests", "2019", "b/2")]))
    assert list(checks["report_id"].unique()) == ["b/2", "a/9", "c/1"]
    assert checks["report_id"].is_monotonic_increasing is False
    assert (checks["report_id"] != checks["report_id"].shift()).sum() == 3


# --- speed ------------------------------------------------------------------------------------------


def test_a_thousand_reports_are_checked_in_seconds() -> None:
    one = pd.concat([sound(table, edition) for table, edition in CHECKED if edition == "2021"])
    many = pd.concat([one] * 1000, ignore_index=True)
    number = np.repeat(np.arange(1000), len(one))
    many = many.assign(
        report_id=pd.Series(number).map("r{}".format), agency=number // 6, year=2019 + number % 6
    )
    start = time.process_time()  # of this process: other work on the machine is not counted
    checks = check(many)
    assert time.process_time() - start < 5
    assert checks["report_id"].nunique() == 1000
