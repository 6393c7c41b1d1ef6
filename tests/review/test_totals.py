"""What the sums of two years leave out is counted, also where nothing is left to sum; so are unknown days."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from ogi import review
from ogi.compare import annual
from ogi.extract.scope import Scope
from ogi.reported import IN_TIME, NO_DEADLINE, UNDATED
from ogi.review import Review, lists
from ogi.review.gather import numbers_in_doubt
from ogi.review.settings import SETTINGS
from ogi.review.totals import left_out
from ogi.tables import from_rows
from ogi.tables.misprints import DISPUTED, DOUBTED, MISPRINT, MISREAD, UNCONFIRMED, UNSURE
from tests.test_compare import report


def test_where_all_tell_another_scope_than_last_year_the_page_says_so(data: Review) -> None:
    """It said that no agency told the same figure in both years, though each had."""
    reports = data.found.reports
    is_now = reports["year"] == data.year
    scopes = reports["scope"].mask(is_now, Scope.UNKNOWN.value).mask(~is_now, Scope.AREA.value)
    found = replace(data.found, reports=reports.assign(scope=scopes))
    out = left_out(found, data.year)
    assert list(out) == ["other"]
    other = len(out["other"])
    assert other > 100
    page = review.how_the_year_went(replace(data, found=found))
    assert "reported on this year alone" not in page, "none did"
    assert f"as they tell another scope than last year: {other} – " in page
    assert out["other"][0] in page
    assert f"and {other - SETTINGS.alike} more." in page
    assert "There is nothing to sum, like with like." in page


@pytest.mark.parametrize(
    ("doubt", "sign", "words"),
    [
        ("broken_sum", "*1", "a figure of it is in a sum that does not hold (agencies: 1)"),
        (
            "doubted_correction",
            "†1",
            "a figure of it was corrected, and the correction is to be looked at (agencies: 1)",
        ),
        ("doubted_title", "?1", "its title names another agency than the folder: undecided (agencies: 1)"),
    ],
)
def test_a_sum_says_of_how_many_agencies_the_number_is_in_doubt(
    data: Review, doubt: str, sign: str, words: str
) -> None:
    """Sums held numbers of broken sums and of what may be another agency's report without a word."""
    cell = "requests/new/total"
    data = replace(data, found=replace(data.found, in_doubt=data.found.in_doubt.head(0)))
    assert "Behind a sum" not in review.how_the_year_went(data)
    row = data.totals[data.totals["cell"] == cell].iloc[0]
    known = data.found.agencies.set_index("agency")["kind"]
    told = data.found.values.dropna(subset=[cell])
    agency = next(
        name for name in told.loc[told["year"] == data.year, "agency"] if known[name] == row["kind"]
    )
    both = [(agency, year, cell, doubt) for year in (data.year - 1, data.year)]
    in_doubt = pd.DataFrame(both, columns=["agency", "year", "cell", "doubt"])
    own = replace(data, found=replace(data.found, in_doubt=in_doubt))
    assert own.totals[doubt].sum() == 1, "an agency is one, in however many years"
    page = review.how_the_year_went(own)
    assert page.count(f" {sign}<") == 1
    assert f"for this or last year: {sign[0]} {words.partition(' (')[0]}." in page
    assert [str(one) for one in lists.totals(own).rows["doubt"].dropna()] == [words]


@pytest.mark.parametrize("ground", [MISPRINT, DOUBTED, UNCONFIRMED, UNSURE, DISPUTED, MISREAD])
def test_a_correction_that_is_to_be_looked_at_is_told_behind_the_sums(ground: str) -> None:
    """Sums held 2,860 for 286, said to be misread of what the text prints, without a word."""
    years = annual(pd.concat([report(2022), report(2023)]))
    cells = ("requests/new/total", "requests/other.other/total", "requests/new/natural_person")
    told_of = ("286", "2860", "读错", "电话核实", "张三", "2024-03-05")
    rows = from_rows("corrections", [("甲/2023", "甲", 2023, *one.split("/"), *told_of) for one in cells])
    found = numbers_in_doubt(years, rows.assign(ground=ground))
    wanted = [
        ("甲", 2023, "requests/new/total", "doubted_correction"),
        ("甲", 2023, "requests/other/total", "doubted_correction"),
    ]
    told = list(found.itertuples(index=False, name=None))
    assert told == (wanted if ground in (DOUBTED, UNCONFIRMED, DISPUTED) else [])


def test_that_none_is_late_is_not_told_where_no_day_is_known(data: Review) -> None:
    """It said "and 0 late" of seven reports whose day of publication nobody knew."""
    assert f"late: 0; day not known: {len(data.reported)}" in review.cover(_all(data, UNDATED))
    assert f"late: 0; no deadline set: {len(data.reported)}" in review.cover(_all(data, NO_DEADLINE))
    assert "and 0 late" in review.cover(_all(data, IN_TIME))


@pytest.mark.parametrize("status", [NO_DEADLINE, UNDATED, IN_TIME])
def test_reports_of_which_nobody_can_tell_whether_they_are_late_are_there(data: Review, status: str) -> None:
    n = len(data.reported)
    assert f"{n} of {n} agencies from which a report" in review.cover(_all(data, status))


def _all(data: Review, status: str) -> Review:
    """The same review, every report of one status."""
    changed = replace(data)
    vars(changed)["reported"] = data.reported.assign(status=status)
    return changed
