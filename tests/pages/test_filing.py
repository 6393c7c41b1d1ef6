"""The page of an agency says of a report that is late, or not there, what the review and the index say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ogi import pages
from ogi.checks import check
from ogi.pages import Frames
from ogi.pages.filing import filing
from ogi.tables import from_rows
from tests.reports_made import made

AGENCY = "甲县教育局"


def frames(*days: tuple[int, str | None], years: tuple[int, ...] = (2021, 2022)) -> Frames:
    """Reports on the years; the catalogue tells of each day the year and when its report was published."""
    rows = [(AGENCY, None, "department", None, None, None, None, None, None)]
    rows += [(AGENCY, year, "department", day, None, None, None, None, None) for year, day in days]  # type: ignore[misc]
    own = made({year: {} for year in years}, agency=AGENCY)
    catalogue = from_rows("catalogue", rows)
    return replace(own, catalogue=catalogue, checks=check(own.figures, catalogue=catalogue))


def test_a_report_in_time_needs_no_word() -> None:
    assert filing(frames((2022, "2023-01-31"))) == []


def test_a_late_report_is_told_with_its_days() -> None:
    (said,) = filing(frames((2022, "2023-02-10")))
    assert said == (
        "2022: Published on 2023-02-10 by the catalogue, 10 days after the deadline of 2023-01-31."
    )
    assert str(said) in pages.cover(frames((2022, "2023-02-10")))


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (frames(years=(2020, 2022)), "2021: no report has come in, due by 2022-01-31."),
        (frames((2023, None)), "2023: no report has come in, due by 2024-01-31."),
        (
            frames((2023, "2024-01-05")),
            "2023: published on 2024-01-05 by the catalogue, but the file is not here, due by 2024-01-31.",
        ),
    ],
    ids=["a gap", "named by the catalogue", "published"],
)
def test_a_report_that_is_not_there_is_told_with_its_deadline(own: Frames, told: str) -> None:
    assert filing(own) == [told]


def test_without_a_catalogue_a_gap_is_told_all_the_same() -> None:
    own = made({2020: {}, 2022: {}}, agency=AGENCY)
    assert filing(own) == ["2021: no report has come in, due by 2022-01-31."]
    assert filing(own)[0].zh == "2021年：缺报（公布期限为2022-01-31）。"


def test_a_year_that_the_catalogue_names_is_missing_from_what_is_complete() -> None:
    assert "There is no report for <b>2023</b>" in pages.completeness(frames((2023, None)))
