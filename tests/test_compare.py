"""One series over both forms: nothing guessed, nothing lost, a blank is zero only where the sums say so."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.columns import CELLS
from ogi.compare import INDICATORS, all_years, annual, by_year, indicators, outcomes_in, series
from ogi.compare.annual import corrected_in
from ogi.forms import EDITIONS, OUTCOME_GROUPS, TABLES, edition_of_year
from ogi.values import State

Printed = Mapping[str, float | str]


def report(
    year: int, printed: Printed | None = None, *, rest: float | str = 0, agency: str = "甲", name: str = ""
) -> pd.DataFrame:
    """A whole report: each cell as `printed` says under its id, a number or a state, else `rest`."""
    rows = []
    for table in TABLES:
        edition = edition_of_year(year)
        for item, measure in TABLES[table][edition].cells():
            told = (printed or {}).get(f"{table}/{item.id}/{measure.id}", rest)
            value, state = (np.nan, told) if isinstance(told, str) else (float(told), State.REPORTED)
            rows.append((edition, table, item.id, measure.id, value, state))
    frame = pd.DataFrame(rows, columns=["form", "table", "item", "measure", "value", "state"])
    return frame.assign(report_id=f"{agency}/{name or year}", agency=agency, year=year)


def totals(**items: float | str) -> Printed:
    return {f"requests/{item.replace('__', '.')}/total": told for item, told in items.items()}


def cell(frame: pd.DataFrame, table: str, item: str, measure: str, year: int) -> pd.Series:
    found = frame.query("table == @table and item == @item and measure == @measure and year == @year")
    assert len(found) == 1
    return found.iloc[0]


def indicator(frame: pd.DataFrame, name: str) -> pd.Series:
    found = frame[frame["indicator"] == name]
    assert len(found) == 1
    return found.iloc[0]


def test_what_form_2021_divides_is_added_up_and_gone() -> None:
    figures = report(2022, totals(other__no_correction=3, other__fee_unpaid=1, other__other=2))
    result = series(figures)
    added = cell(result, "requests", "other", "total", 2022)
    assert (added["value"], added["state"], added["form"], added["comparable"]) == (
        6,
        State.REPORTED,
        "2021",
        True,
    )
    assert not result["item"].str.startswith("other.").any()


@pytest.mark.parametrize("state", [State.ABSENT, State.UNREADABLE])
def test_a_sum_with_an_unknown_part_is_null(state: str) -> None:
    figures = report(2022, totals(other__no_correction=3, other__other=state))
    added = cell(series(figures), "requests", "other", "total", 2022)
    assert np.isnan(added["value"])
    assert added["state"] == state


def test_a_blank_part_is_zero_only_where_the_outcomes_add_up_that_way() -> None:
    parts = {"other__no_correction": 3, "other__other": State.BLANK}
    adds_up = series(report(2022, totals(**parts, outcome_total=3), rest=State.BLANK))
    broken = series(report(2022, totals(**parts, outcome_total=8), rest=State.BLANK))
    known, unknown = (cell(frame, "requests", "other", "total", 2022) for frame in (adds_up, broken))
    assert (known["value"], known["state"], known["blank_as_zero"]) == (3, State.REPORTED, True)
    assert np.isnan(unknown["value"])
    assert (unknown["state"], unknown["blank_as_zero"]) == (State.BLANK, False)


def test_a_blank_stays_blank_in_the_series() -> None:
    figures = report(2022, totals(new=5, granted=5, outcome_total=5, carried_in=State.BLANK))
    found = cell(series(figures), "requests", "carried_in", "total", 2022)
    assert np.isnan(found["value"])
    assert (found["state"], found["blank_as_zero"]) == (State.BLANK, True)


def test_every_cell_of_both_forms_is_kept_but_the_divided_ones() -> None:
    for year in (2019, 2021):
        cells = [c for table in TABLES for c in TABLES[table][edition_of_year(year)].cells()]
        divided = [item for item, _ in cells if item.series != ""]
        kept = series(report(year))
        added = len(divided) // 3
        assert len(kept) == len(cells) - len(divided) + added


def test_only_decisions_are_comparable_in_the_proactive_table() -> None:
    result = series(pd.concat([report(2020), report(2021)]))
    proactive = result[result["table"] == "proactive"]
    assert set(proactive.loc[proactive["comparable"], "measure"]) == {"decisions"}
    assert set(proactive.loc[proactive["comparable"], "item"]) == {
        "licences",
        "penalties",
        "coercive_measures",
    }
    assert result.loc[result["table"] != "proactive", "comparable"].all()


def test_two_reports_on_one_year_agree_or_have_no_value() -> None:
    first = report(2022, totals(new=5))
    second = report(2022, totals(new=6), name="second")
    result = series(pd.concat([first, second]))
    new = cell(result, "requests", "new", "total", 2022)
    assert np.isnan(new["value"])
    assert new["conflict"]
    same = cell(result, "requests", "carried_in", "total", 2022)
    assert (same["value"], same["conflict"]) == (0, False)


def test_an_absent_table_is_taken_from_the_other_report_on_that_year() -> None:
    figures = pd.concat([report(2022, rest=State.ABSENT), report(2022, totals(new=5), name="second")])
    new = cell(series(figures), "requests", "new", "total", 2022)
    assert (new["value"], new["conflict"]) == (5, False)


def test_a_cell_of_no_form_and_a_cell_told_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="requests/nonsense/natural_person"):
        series(report(2022).replace({"item": {"new": "nonsense"}}))
    with pytest.raises(ValueError, match="甲/2022: expected one figure for proactive/"):
        series(pd.concat([report(2022), report(2022)]))


def test_reports_without_a_year_have_no_place_in_the_series() -> None:
    dateless = report(2022).assign(year=pd.array([pd.NA] * len(report(2022)), dtype="Int64"))
    assert len(series(dateless)) == 0
    assert len(indicators(dateless)) == 0
    assert all_years(dateless) == []


def test_years_stand_side_by_side_with_gaps_change_and_break() -> None:
    figures = pd.concat(
        [report(2020, totals(new=4)), report(2022, totals(new=7)), report(2023, totals(new=9))]
    )
    requests = by_year(figures, "requests")
    assert list(requests.columns) == [2020, 2021, 2022, 2023, "change", "series_break"]
    new = requests.loc[("new", "total")]
    assert (new[2020], new[2022], new[2023], new["change"]) == (4, 7, 9, 2)
    assert requests[2021].isna().all()
    assert not requests["series_break"].any()
    order = list(dict.fromkeys(requests.index.get_level_values("item")))
    assert order == [item.id for item in TABLES["requests"]["2019"].items]


def test_a_series_break_is_shown_where_both_forms_meet_and_nowhere_else() -> None:
    met = by_year(pd.concat([report(2020), report(2021)]), "proactive")
    assert set(met[~met["series_break"]].index.get_level_values("measure")) == {"decisions"}
    assert met.loc[("regulations", "made"), "series_break"]
    assert np.isnan(met.loc[("regulations", "made"), 2021])
    assert not by_year(pd.concat([report(2021), report(2022)]), "proactive")["series_break"].any()


def test_a_change_needs_the_year_before() -> None:
    assert by_year(report(2022), "requests")["change"].isna().all()
    with pytest.raises(ValueError, match="one agency"):
        by_year(pd.concat([report(2022), report(2022, agency="乙")]), "requests")


def test_no_figures_give_empty_tables() -> None:
    nothing = report(2022).iloc[:0]
    assert len(series(nothing)) == len(indicators(nothing)) == len(by_year(nothing, "requests")) == 0


def test_a_year_without_the_table_is_a_column_of_nulls() -> None:
    without = report(2023)
    figures = pd.concat([report(2022), without[without["table"] != "review"]])
    assert by_year(figures, "review")[2023].isna().all()


def test_indicators_are_fractions_of_the_printed_total() -> None:
    figures = report(
        2022,
        {
            **totals(new=40, carried_in=2, granted=20, partly_granted=5, outcome_total=40, carried_out=2),
            **totals(refused__third_party=4, other__other=6, unavailable__not_held=5),
            "review/reconsideration/corrected": 1,
            "review/reconsideration/pending": 2,
            "review/reconsideration/total": 4,
            "review/litigation_direct/total": 3,
            "review/litigation_after_reconsideration/corrected": 1,
            "review/litigation_after_reconsideration/total": 2,
        },
    )
    result = indicators(figures)
    expected = {
        "requests_handled": 42,
        "disclosure_rate": 25 / 40,
        "refused_share": 4 / 40,
        "unavailable_share": 5 / 40,
        "not_processed_share": 0,
        "other_share": 6 / 40,
        "carry_over_rate": 2 / 42,
        "reconsideration_corrected_rate": 1 / 4,
        "reconsideration_corrected_rate_decided": 1 / 2,
        "litigation_lost_rate": 1 / 5,
        "litigation_lost_rate_decided": 1 / 5,
        "corrected_or_lost_rate": 2 / 7,
        "dispute_rate": 100 * 9 / 40,
    }
    assert dict(zip(result["indicator"], result["value"], strict=True)) == pytest.approx(expected)
    assert list(expected) == list(INDICATORS)
    small = set(result.loc[result["small_denominator"], "indicator"])
    assert small == {
        name for name in INDICATORS if name.startswith(("reconsideration", "litigation", "corrected"))
    }
    assert (result["missing"] == "").all()


def test_the_columns_of_indicators_are_those_that_are_told() -> None:
    told = (indicators.__doc__ or "").partition("Columns:")[2]
    assert {"agency", "year"} < set(indicators(report(2022)).columns)
    assert all(name in told for name in indicators(report(2022)).columns)


def test_a_corrected_part_is_in_the_sum_of_the_series() -> None:
    """Form 2021 divides other, so a person corrects a part; the series has their sum."""
    keys = {"agency": "甲", "table": "requests", "measure": "total"}
    corrections = pd.DataFrame(
        [{**keys, "year": 2022, "item": "other.other"}, {**keys, "year": 2021, "item": "new"}]
    )
    years = annual(pd.concat([report(2022), report(2023)]), corrections=corrections)
    found = corrected_in(years)
    own = ["requests/other/total", "requests/other.other/total"]
    assert [CELLS[column] for column in np.flatnonzero(found[0])] == sorted(own, key=CELLS.index)
    assert not found[1].any()


def test_nothing_over_nothing_is_null_not_zero() -> None:
    result = indicators(report(2022))
    rates = result[result["indicator"] != "requests_handled"]
    assert rates["value"].isna().all()
    assert (rates["denominator"] == 0).all()
    assert indicator(result, "requests_handled")["value"] == 0


@pytest.mark.parametrize("state", [State.ABSENT, State.UNREADABLE])
def test_an_unknown_figure_is_named_and_counts_as_nothing(state: str) -> None:
    figures = report(2022, totals(new=10, granted=10, outcome_total=10, partly_granted=state))
    found = indicator(indicators(figures), "disclosure_rate")
    assert np.isnan(found["value"])
    assert np.isnan(found["numerator"])
    assert found["missing"] == "requests/partly_granted/total"


def test_only_the_total_filled_says_nothing_of_the_outcomes() -> None:
    filled = totals(new=100, carried_in=State.BLANK, outcome_total=90, carried_out=10)
    found = indicators(report(2020, filled, rest=State.BLANK))
    assert np.isnan(indicator(found, "disclosure_rate")["value"])
    assert np.isnan(indicator(found, "refused_share")["value"])
    handled = indicator(found, "requests_handled")
    assert (handled["value"], handled["blank_as_zero"]) == (100, True)


@pytest.mark.parametrize("state", [State.BLANK, State.NOT_APPLICABLE])
def test_a_line_of_blanks_is_zero_where_the_table_writes_blanks_for_zero(state: str) -> None:
    filled = {"review/litigation_direct/upheld": 3, "review/litigation_direct/total": 3}
    lost = indicator(indicators(report(2022, filled, rest=state)), "litigation_lost_rate")
    assert (lost["value"], lost["denominator"], lost["blank_as_zero"]) == (0, 3, True)
    broken = filled | {"review/litigation_direct/total": 4}
    unknown = indicator(indicators(report(2022, broken, rest=state)), "litigation_lost_rate")
    assert np.isnan(unknown["value"])
    assert unknown["missing"] != ""


def test_a_table_of_blanks_only_says_nothing() -> None:
    result = indicators(report(2022, rest=State.BLANK))
    assert result["value"].isna().all()
    assert not result["blank_as_zero"].any()


def test_outcome_groups_cover_every_outcome_once() -> None:
    grouped = [item for group in OUTCOME_GROUPS for item in outcomes_in(group)]
    assert len(grouped) == len(set(grouped))
    outcomes = {
        item.series if item.series != "" else item.id
        for edition in EDITIONS
        for item in TABLES["requests"][edition].items
        if item.outcome
    }
    assert sorted([*grouped, "granted", "partly_granted"]) == sorted(outcomes)


counts = st.integers(0, 10_000_000)
told = st.one_of(counts, st.sampled_from([State.BLANK, State.NOT_APPLICABLE, State.UNREADABLE, State.ABSENT]))
parts = st.fixed_dictionaries(
    dict.fromkeys(("new", "carried_in", "granted", "other__other", "outcome_total", "carried_out"), told)
)


@settings(max_examples=40, deadline=None)
@given(parts, st.sampled_from([2020, 2023]))
def test_a_value_is_told_only_from_known_figures(items: dict[str, float | str], year: int) -> None:
    if year == 2020:
        items["other"] = items.pop("other__other")
    figures = report(year, totals(**items))
    result = indicators(figures)
    unknown = result["missing"] != ""
    assert result.loc[unknown, "value"].isna().all()
    known = result[~unknown & (result["indicator"] != "requests_handled")]
    assert (known["value"].isna() == (known["denominator"] <= 0)).all()
    gone = [name for name, state in items.items() if state in (State.UNREADABLE, State.ABSENT)]
    missing = " ".join(result["missing"])
    assert all(f"requests/{name.split('__')[0]}" in missing for name in gone)


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_rows_and_the_company_of_others_change_nothing(order: list[int]) -> None:
    reports = [
        report(year, totals(new=year - 2000 + len(agency)), agency=agency)
        for agency in ("甲", "乙乙")
        for year in (2020, 2021, 2023)
    ]
    together = indicators(pd.concat([reports[place] for place in order]))
    alone = pd.concat([indicators(pd.concat(reports[3:])), indicators(pd.concat(reports[:3]))])
    pd.testing.assert_frame_equal(
        together.sort_values(["agency", "year", "indicator"]).reset_index(drop=True),
        alone.sort_values(["agency", "year", "indicator"]).reset_index(drop=True),
    )


@pytest.mark.parametrize(("cases", "is_small"), [(29, True), (30, False)])
def test_a_denominator_is_small_below_thirty(cases: int, is_small: bool) -> None:
    found = indicator(indicators(report(2022, totals(granted=1, outcome_total=cases))), "disclosure_rate")
    assert (found["denominator"], found["small_denominator"]) == (cases, is_small)


GRAVEST_LAST = (State.NOT_APPLICABLE, State.BLANK, State.UNREADABLE, State.ABSENT)


@pytest.mark.parametrize(("lighter", "graver"), list(combinations(GRAVEST_LAST, 2)))
def test_a_sum_without_a_number_is_in_the_gravest_state_of_its_parts(lighter: State, graver: State) -> None:
    for states in ((lighter, graver, lighter), (graver, lighter, lighter)):
        parts = dict(zip(("other__no_correction", "other__fee_unpaid", "other__other"), states, strict=True))
        added = cell(series(report(2022, totals(**parts))), "requests", "other", "total", 2022)
        assert (np.isnan(added["value"]), added["state"]) == (True, graver)


def test_all_years_are_those_from_the_first_to_the_last() -> None:
    assert all_years(report(2022)) == [2022]
    assert all_years(pd.concat([report(2023), report(2020)])) == [2020, 2021, 2022, 2023]


def test_what_one_report_s_sums_show_of_its_blanks_says_nothing_of_another_s() -> None:
    filled = {"review/litigation_direct/upheld": 3, "review/litigation_direct/total": 3}
    both = pd.concat([report(2022, filled, rest=State.BLANK), report(2022, rest=State.BLANK, agency="乙")])
    found = indicators(both).query("indicator == 'litigation_lost_rate'").set_index("agency")
    assert found["blank_as_zero"].to_dict() == {"甲": True, "乙": False}
    assert np.isnan(found.loc["乙", "value"])
