"""A number that rests on a sum that does not hold is marked, in the ranking and in the workbook."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ogi.compare import INDICATORS
from ogi.review import Review
from ogi.review.standing import ranked, ranking, standing, wide
from tests.province import YEAR

RATE = "disclosure_rate"


def altered(data: Review, year: int, **values: object) -> tuple[Review, str]:
    """The review with other columns of the rate, of one agency in one year; and that agency."""
    rows = data.found.indicators.copy()
    is_rate = rows["indicator"] == RATE
    both = rows[is_rate & rows["value"].notna()].groupby("agency")["year"].nunique()
    agency = str(both.index[both == 2][0])
    at = rows.index[is_rate & (rows["agency"] == agency) & (rows["year"] == year)]
    for name, value in values.items():
        rows.loc[at, name] = value
    return replace(data, found=replace(data.found, indicators=rows)), agency


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ((), None),
        ((YEAR,), "a figure of it is in a sum that does not hold"),
        ((YEAR - 1,), "a figure of last year's is in a sum that does not hold"),
        ((YEAR - 1, YEAR), "figures of both years are in sums that do not hold"),
    ],
)
def test_the_ranking_says_which_of_two_values_is_in_doubt(
    data: Review, years: tuple[int, ...], told: str | None
) -> None:
    for year in (YEAR - 1, YEAR):
        data, agency = altered(data, year, broken_sum=year in years)
    rows = ranking(data, INDICATORS[RATE], "ranked", ranked(data.found, YEAR, RATE)[0]).rows
    assert rows.set_index("agency").loc[agency, "doubt"] == told


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ((YEAR,), "a figure of it was corrected, though its sum holds as printed"),
        ((YEAR - 1,), "a figure of last year's was corrected, though its sum holds as printed"),
    ],
)
def test_the_ranking_says_whose_correction_is_in_doubt(
    data: Review, years: tuple[int, ...], told: str
) -> None:
    for year in (YEAR - 1, YEAR):
        data, agency = altered(data, year, doubted_correction=year in years)
    rows = ranking(data, INDICATORS[RATE], "ranked", ranked(data.found, YEAR, RATE)[0]).rows
    assert rows.set_index("agency").loc[agency, "doubt"] == told


def test_the_workbook_marks_what_is_in_doubt_beside_the_value(data: Review) -> None:
    data, agency = altered(data, YEAR, broken_sum=True)
    listing = standing(data)
    ids = [column.id for column in listing.columns]
    assert ids.index(f"{RATE}.doubt") == ids.index(RATE) + 2
    rows = listing.rows.set_index("agency")
    assert rows.loc[agency, f"{RATE}.doubt"].zh == "所涉合计不符"
    other = next(name for name in rows.index if name != agency)
    assert rows.loc[other, f"{RATE}.doubt"] is None


@pytest.mark.parametrize(("of", "is_told"), [(-1.0, False), (0.0, False), (7.0, True)])
def test_a_denominator_that_is_no_number_of_cases_is_left_out(data: Review, of: float, is_told: bool) -> None:
    data, agency = altered(data, YEAR, denominator=of)
    found = wide(data.found, YEAR).set_index("agency").loc[agency, f"{RATE}.denominator"]
    assert (found == of) is is_told
    assert (found != found) is not is_told
