"""What has changed: the largest first, small numbers guarded, nothing over a break or from the unknown."""

from __future__ import annotations

from math import log

import pandas as pd
import pytest

from ogi.arrays import BoolArray
from ogi.columns import CELLS, COLUMN
from ogi.compare import (
    INDICATORS,
    annual,
    cell_label,
    form_changes,
    in_broken_sum,
    in_doubted_correction,
    indicators,
    line,
    parts_of,
    standing_out,
)
from ogi.figures import Figures
from ogi.forms import TABLES
from ogi.tables import from_rows
from ogi.values import State
from tests.test_compare import report, totals

LICENCES, GRANTED = "proactive/licences/decisions", "requests/granted/total"


def keys(*reports: pd.DataFrame) -> list[str]:
    return [change.key for change in standing_out(pd.concat(reports)).changes]


def test_a_jump_from_a_small_number_comes_after_one_from_a_large_number() -> None:
    before = report(2023, {LICENCES: 550, GRANTED: 0, "proactive/penalties/decisions": 4119})
    now = report(2024, {LICENCES: 9487, GRANTED: 50, "proactive/penalties/decisions": 2776})
    assert keys(before, now) == [LICENCES, GRANTED, "proactive/penalties/decisions"]
    (first, *_) = standing_out(pd.concat([before, now])).changes
    assert (first.before, first.year, first.old, first.new, first.difference) == (2023, 2024, 550, 9487, 8937)
    assert first.times == pytest.approx(17.25, abs=0.01)
    assert first.size == pytest.approx(log(9507 / 570))


def test_what_is_small_in_both_years_or_has_hardly_changed_does_not_stand_out() -> None:
    assert keys(report(2023, totals(granted=1)), report(2024, totals(granted=19))) == []
    assert keys(report(2023, totals(granted=1000)), report(2024, totals(granted=1150))) == []
    assert keys(report(2024, totals(granted=1000))) == []


@pytest.mark.parametrize("state", [State.BLANK, State.UNREADABLE, State.ABSENT])
def test_a_figure_that_is_not_known_has_not_changed(state: str) -> None:
    assert keys(report(2023, rest=state), report(2024, totals(granted=500))) == []


def test_no_change_is_told_over_a_series_break() -> None:
    of_2020 = {"proactive/licences/items_last_year": 900, LICENCES: 10}
    assert keys(report(2020, of_2020), report(2021, {LICENCES: 900})) == [LICENCES]
    in_force = "proactive/normative_documents/in_force"
    assert keys(report(2023, {in_force: 20}), report(2024, {in_force: 90})) == [in_force]


def test_the_whole_span_is_told_where_it_says_more_than_the_last_year() -> None:
    slowly = [report(2020 + n, totals(granted=40 * 2**n)) for n in range(4)]
    (change,) = standing_out(pd.concat(slowly)).changes
    assert (change.is_span, change.before, change.old, change.new) == (True, 2020, 40, 320)
    back = [
        report(2022, totals(granted=300)),
        report(2023, totals(granted=40)),
        report(2024, totals(granted=310)),
    ]
    (change,) = standing_out(pd.concat(back)).changes
    assert (change.is_span, change.before) == (False, 2023)


def test_after_a_missing_year_only_the_span_is_told() -> None:
    both = pd.concat([report(2021, totals(granted=40)), report(2024, totals(granted=400))])
    (change,) = standing_out(both).changes
    assert (change.is_span, change.before) == (True, 2021)


def test_rates_are_told_over_enough_cases_alone() -> None:
    def year(of: int, number: int, disclosed: int) -> pd.DataFrame:
        return report(
            of, totals(granted=disclosed, refused__third_party=number - disclosed, outcome_total=number)
        )

    many = standing_out(pd.concat([year(2023, 100, 80), year(2024, 100, 20)])).changes
    assert "disclosure_rate" in [change.key for change in many]
    few = standing_out(pd.concat([year(2023, 29, 29), year(2024, 100, 20)])).changes
    assert "disclosure_rate" not in [change.key for change in few]


def test_the_outcome_that_made_most_of_the_growth_is_told_with_its_share() -> None:
    before = totals(granted=20, unavailable__not_held=33, outcome_total=53)
    now = totals(granted=236, unavailable__not_held=897, outcome_total=1133)
    figures = pd.concat([report(2023, before), report(2024, now)])
    shares = {change.key: change.share for change in standing_out(figures).changes}
    assert shares["requests/unavailable.not_held/total"] == pytest.approx(864 / 1080)
    assert shares[GRANTED] is None


@pytest.mark.parametrize(("of_2023", "of_2024", "share"), [(20, 90, 1), (21, 90, None), (20, 91, None)])
def test_outcomes_that_do_not_add_up_are_no_share_of_a_change(
    of_2023: int, of_2024: int, share: float | None
) -> None:
    before, now = totals(granted=20, outcome_total=of_2023), totals(granted=90, outcome_total=of_2024)
    changed = standing_out(pd.concat([report(2023, before), report(2024, now)])).changes
    assert {change.key: change.share for change in changed}[GRANTED] == share


def test_the_outcome_that_changed_most_against_all_is_no_share_of_their_change() -> None:
    before = totals(granted=200, unavailable__not_held=40, refused__third_party=40, outcome_total=280)
    now = totals(granted=40, unavailable__not_held=140, refused__third_party=140, outcome_total=320)
    changed = standing_out(pd.concat([report(2023, before), report(2024, now)])).changes
    assert {change.key: change.share for change in changed if change.key.startswith("requests/")} == {
        GRANTED: None,
        "requests/unavailable.not_held/total": None,
        "requests/refused.third_party/total": None,
    }


def test_a_total_is_made_of_what_the_form_adds_up() -> None:
    outcomes = [item.id for item in TABLES["requests"]["2019"].items if item.outcome]
    assert parts_of("requests/outcome_total/total") == tuple(f"requests/{item}/total" for item in outcomes)
    assert len(parts_of("requests/new/total")) == 6
    assert len(parts_of("review/reconsideration/total")) == 4
    assert parts_of(LICENCES) == ()


def test_a_change_tells_in_which_year_a_sum_it_is_in_does_not_hold() -> None:
    wrong = {"review/reconsideration/upheld": 30, "review/reconsideration/total": 0}
    right = {"review/reconsideration/upheld": 90, "review/reconsideration/total": 90}
    (change,) = standing_out(pd.concat([report(2023, wrong), report(2024, right)])).changes
    assert (change.key, change.in_broken_sum) == ("review/reconsideration/total", (2023,))


def test_an_indicator_tells_that_a_sum_below_it_does_not_hold() -> None:
    wrong = report(2023, {"review/reconsideration/upheld": 30, "review/reconsideration/total": 0})
    found = indicators(wrong).set_index("indicator")["broken_sum"]
    assert found["dispute_rate"]
    assert not found["disclosure_rate"]


UPHELD, DISPUTES = "review/reconsideration/upheld", "review/reconsideration/total"


def corrected(
    printed: dict[str, float], fixes: dict[str, float], *, reason: str = "a slip", agency: str = "甲"
) -> Figures:
    """Reports on 2022, as printed, and on 2023, with corrections laid over what it prints."""
    lines = [
        (
            f"{agency}/2023",
            agency,
            2023,
            *cell.split("/"),
            f"{printed[cell]:g}",
            f"{to:g}",
            reason,
            "",
            "W",
            "2024",
        )
        for cell, to in fixes.items()
    ]
    both = [report(2022, printed, agency=agency), report(2023, {**printed, **fixes}, agency=agency)]
    return annual(pd.concat(both), corrections=from_rows("corrections", lines))


def cells_of_2023(where: BoolArray) -> set[str]:
    return {CELLS[column] for column in where[1].nonzero()[0]}


@pytest.mark.parametrize("reason", ["a slip", "misread, checked in the report"])
def test_a_sum_that_a_correction_alone_breaks_is_a_doubt_of_the_correction(reason: str) -> None:
    """A person's typing error was told as the agency's, in every mark but that of the check itself."""
    years = corrected({UPHELD: 30, DISPUTES: 30}, {UPHELD: 90}, reason=reason)
    assert not in_broken_sum(years).any()
    assert not in_doubted_correction(years)[0].any()
    assert cells_of_2023(in_doubted_correction(years)) == {UPHELD}


@pytest.mark.parametrize("fixes", [{UPHELD: 31}, {}])
def test_a_sum_that_is_broken_without_the_correction_stays_so(fixes: dict[str, float]) -> None:
    years = corrected({UPHELD: 30, DISPUTES: 40}, fixes)
    assert {UPHELD, DISPUTES} <= cells_of_2023(in_broken_sum(years))
    assert not in_doubted_correction(years).any()


def test_a_correction_that_mends_its_sum_is_no_doubt() -> None:
    years = corrected({UPHELD: 30, DISPUTES: 40}, {UPHELD: 40})
    assert cells_of_2023(in_broken_sum(years)) == cells_of_2023(in_doubted_correction(years)) == set()


def test_a_refuted_correction_makes_no_change_and_is_told_with_its_year() -> None:
    years = corrected({UPHELD: 30, DISPUTES: 30}, {DISPUTES: 90})
    told = standing_out(years)
    assert (told.changes, told.unsure, told.doubted, told.years) == ((), (), (2023,), 2)
    found = indicators(years).set_index(["year", "indicator"]).loc[2023]
    assert not found["broken_sum"].any()
    assert found.loc["dispute_rate", "doubted_correction"]
    assert not found.loc["disclosure_rate", "doubted_correction"]


def test_a_year_whose_title_may_be_anothers_makes_no_change() -> None:
    """The first sentence of a page told 195 times as many decisions: those of another agency."""
    three = [report(2021, {LICENCES: 40}), report(2022, {LICENCES: 80}), report(2023, {LICENCES: 7800})]
    figures = pd.concat(three)
    assert [change.year for change in standing_out(figures).changes] == [2023]
    told = standing_out(annual(figures, unsure=frozenset({("甲", 2023)})))
    assert [(change.before, change.year, change.new) for change in told.changes] == [(2021, 2022, 80)]
    assert (told.unsure, told.doubted, told.years) == ((2023,), (), 2)
    told = standing_out(annual(figures, unsure=frozenset({("甲", 2021), ("甲", 2022), ("甲", 2023)})))
    assert (told.changes, told.unsure, told.years) == ((), (2021, 2022, 2023), 0)


def test_a_change_that_a_correction_alone_makes_comes_last() -> None:
    """The largest of all, it stood before every change that a report tells."""
    penalties, granted = "proactive/penalties/decisions", "requests/granted/total"
    before = {penalties: 100, LICENCES: 30, granted: 50}
    now = {**before, penalties: 300, LICENCES: 900}
    line = ("甲/2023", "甲", 2023, *LICENCES.split("/"), "30", "900", "a slip", "", "W", "2024")
    both = pd.concat([report(2022, before, agency="甲"), report(2023, now, agency="甲")])
    told = standing_out(annual(both, corrections=from_rows("corrections", [line]))).changes
    assert [(change.key, change.is_ours) for change in told] == [(penalties, False), (LICENCES, True)]
    assert abs(told[0].size) < abs(told[1].size)


def test_a_correction_in_a_sum_that_holds_neither_way_is_in_a_broken_sum() -> None:
    years = corrected({UPHELD: 30, DISPUTES: 40}, {UPHELD: 31})
    assert UPHELD in cells_of_2023(in_broken_sum(years))
    assert not in_doubted_correction(years).any()
    mended = corrected({UPHELD: 30, DISPUTES: 40}, {UPHELD: 40})
    assert UPHELD not in cells_of_2023(in_broken_sum(mended))


def test_a_correction_that_breaks_nothing_is_told_of_its_change() -> None:
    """The largest line of a page told a figure ten times as high, and not that a person had put it there."""
    penalties = "proactive/penalties/decisions"
    (change,) = standing_out(corrected({penalties: 8381}, {penalties: 83811})).changes
    assert (change.key, change.corrected, change.doubted_correction) == (penalties, (2023,), ())


def test_a_doubted_correction_of_a_part_is_one_of_its_sum() -> None:
    parts = totals(other__other=2, other__fee_unpaid=1, granted=1, outcome_total=4, new=4)
    parts |= {f"{cell.rpartition('/')[0]}/natural_person": count for cell, count in parts.items()}
    years = corrected(parts, {"requests/other.other/total": 5})
    assert "requests/other/total" in cells_of_2023(in_doubted_correction(years))
    assert not in_broken_sum(years).any()


def test_form_2021_is_added_up_before_its_sums_are_judged() -> None:
    parts = totals(other__other=2, other__fee_unpaid=1, granted=1, outcome_total=4, new=4)
    parts |= {"requests/new/natural_person": 4, "requests/outcome_total/natural_person": 4}
    parts |= {f"{cell.rpartition('/')[0]}/natural_person": count for cell, count in parts.items()}
    years = annual(report(2023, parts))
    assert not in_broken_sum(years).any()


def test_where_the_form_changes_is_told_table_by_table() -> None:
    hybrid = report(2021).query("table == 'proactive'")
    old = report(2020).query("table != 'proactive'").assign(year=2021, report_id="甲/2021")
    found = form_changes(pd.concat([report(2020), hybrid, old, report(2023)]))
    assert found[["table", "before", "year"]].to_numpy().tolist() == [
        ["proactive", 2020, 2021],
        ["requests", 2021, 2023],
        ["review", 2021, 2023],
    ]
    assert set(found["old_form"]) == {"2019"}


def test_a_line_has_gaps_and_never_leads_over_a_break() -> None:
    years = annual(pd.concat([report(year, {LICENCES: year}) for year in (2019, 2020, 2021, 2023)]))
    licences = line(years, LICENCES)
    assert licences.runs == [[(2019, 2019), (2020, 2020), (2021, 2021)], [(2023, 2023)]]
    assert (licences.last, licences.before, licences.form_changes, licences.breaks) == (
        2023,
        None,
        (2021,),
        (),
    )
    both = annual(pd.concat([report(2020), report(2021)]))
    assert line(both, "proactive/fees/amount").breaks == (2021,)
    assert line(both, "dispute_rate").breaks == ()


def test_a_line_of_a_rate_tells_over_how_many() -> None:
    years = annual(
        pd.concat([report(2022, totals(outcome_total=60, granted=30)), report(2023, totals(outcome_total=6))])
    )
    rate = line(years, "disclosure_rate")
    assert (rate.values, rate.of, rate.is_small) == ((0.5, 0.0), (60.0, 6.0), True)


def test_every_cell_has_a_name_in_both_languages() -> None:
    labels = [cell_label(cell) for cell in CELLS]
    assert all(str(label).isascii() and not label.zh.isascii() for label in labels)


def test_an_indicator_is_declared_whole_and_in_the_words_of_the_form() -> None:
    for indicator in INDICATORS.values():
        assert set(indicator.cells) <= set(COLUMN)
        assert indicator.means.endswith(".")
        assert indicator.name.zh != indicator.name != ""
    assert INDICATORS["disclosure_rate"].formula == "(Granted + Partly granted) ÷ Total of outcomes"
    assert INDICATORS["dispute_rate"].formula.endswith(" ÷ Newly received requests × 100")
    assert INDICATORS["dispute_rate"].formula.zh.endswith(" ÷ 本年新收申请数量 × 100")
    assert (
        INDICATORS["carry_over_rate"].formula.zh
        == "结转下年度继续办理 ÷ (本年新收申请数量 + 上年结转申请数量)"
    )
