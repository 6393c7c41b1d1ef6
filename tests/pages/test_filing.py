"""The page of an agency says of a report that is late, or not there, what the review and the index say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ogi import pages
from ogi.checks import check
from ogi.extract.report import Finding, FindingKind, Severity
from ogi.index.entries import entry
from ogi.index.gather import overview
from ogi.pages import Frames
from ogi.pages.filing import filing
from ogi.reported import DATES, NO_DEADLINE
from ogi.said import Said
from ogi.tables import finding_row, from_rows, joined
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


def test_a_kind_without_a_deadline_is_no_doubt_of_a_report_and_told_by_index_and_review() -> None:
    """Of streets each report counted as undecided, every year, and nobody could mend it."""
    own = frames()
    row = (AGENCY, 2022, "street", "2023-02-10", None, None, None, None, None)
    catalogue = from_rows("catalogue", [row])
    own = replace(own, catalogue=catalogue, checks=check(own.figures, catalogue=catalogue))
    assert [slip for slip in own.slips if slip.line["rule_id"] == DATES] == []
    made_of = entry(own, AGENCY, True, False)
    assert made_of.years[2022].undecided == 0
    assert overview([made_of], catalogue).statuses[2022][AGENCY].status == NO_DEADLINE


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_late_report_that_is_explained_asks_for_nothing_and_bears_its_mark(language: str) -> None:
    late = frames((2022, "2023-02-10"))
    assert 'class="verdict open"' in pages.cover(late, language)
    mark = (AGENCY, 2022, "dates.published", [], "explained", "系统故障", "张三", "2024-03-05")
    own = replace(late, marks=from_rows("review_marks", [mark]))
    assert filing(own) == []
    cover = pages.cover(own, language)
    assert 'class="verdict good"' in cover
    assert 'class="filing"' not in cover
    assert ("1 warning" if language == "en" else "警告1处") not in cover
    told = (
        "(explained: 系统故障; 张三, 2024-03-05)"
        if language == "en"
        else "（已说明：系统故障，张三，2024-03-05）"
    )
    assert told in cover
    assert entry(own, AGENCY, True, False).years[2022].warnings == 0


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (frames(years=(2020, 2022)), "2021: no report is in its folder, due by 2022-01-31."),
        (frames((2023, None)), "2023: no report is in its folder, due by 2024-01-31."),
        (
            frames((2023, "2024-01-05")),
            "2023: published on 2024-01-05 by the catalogue, but the file is not here, due by 2024-01-31.",
        ),
    ],
    ids=["a gap", "named by the catalogue", "published"],
)
def test_a_report_that_is_not_there_is_told_with_its_deadline(own: Frames, told: str) -> None:
    assert filing(own) == [told]


def test_the_newest_year_of_all_is_missed_where_this_agency_lacks_it() -> None:
    own = replace(made({2021: {}, 2022: {}}, agency=AGENCY), newest=2023)
    assert filing(own) == ["2023: no report is in its folder, due by 2024-01-31."]
    cover = pages.cover(own)
    assert 'class="verdict open"' in cover
    assert '<li class="gap">2023<span class="gloss"> no report</span></li>' in cover
    assert "There is no report for <b>2023</b>" in pages.completeness(own)


def test_without_a_catalogue_a_gap_is_told_all_the_same() -> None:
    own = made({2020: {}, 2022: {}}, agency=AGENCY)
    assert filing(own) == ["2021: no report is in its folder, due by 2022-01-31."]
    assert filing(own)[0].zh == "2021年：夹内未见年报（公布期限为2022-01-31）。"


def test_a_year_that_the_catalogue_names_is_missing_from_what_is_complete() -> None:
    assert "There is no report for <b>2023</b>" in pages.completeness(frames((2023, None)))


def with_unread(name: str, year: int | None, *years: int) -> Frames:
    own = made({of: {} for of in years}, agency=AGENCY)
    message = Said(f"{name}: cut short", f"{name}：缺少结尾")
    found = Finding(FindingKind.UNREADABLE_FILE, Severity.ERROR, message)
    rows = from_rows("findings", [finding_row((f"{AGENCY}/{name}", AGENCY, year), found)])
    return replace(own, findings=joined("findings", [own.findings, rows]))


@pytest.mark.parametrize("years", [(2022, 2023), (2025,)], ids=["after all others", "before all others"])
def test_a_file_that_cannot_be_read_is_told_in_the_head_with_its_cause(years: tuple[int, ...]) -> None:
    own = with_unread("2024.pdf", 2024, *years)
    (said,) = filing(own)
    assert said.startswith("2024: no report could be read")
    assert said.endswith("2024.pdf: cut short.")
    cover = pages.cover(own, "zh")
    assert "2024年：没有可读取的年报" in cover
    assert "2024.pdf：缺少结尾" in cover
    assert 'class="verdict open"' in cover
    assert '<li class="gap">2024<span class="gloss"> 文件未能读取</span></li>' in cover


def test_a_file_of_no_known_year_may_be_the_report_of_any_gap() -> None:
    (said,) = filing(with_unread("报告.pdf", None, 2022, 2024))
    assert said == "2023: no report could be read, due by 2024-01-31. 报告.pdf: cut short."


def test_an_unread_file_beside_the_report_of_its_year_leaves_no_gap() -> None:
    assert filing(with_unread("2024.pdf", 2024, 2023, 2024)) == []


def test_a_file_of_another_year_is_not_the_one_that_lacks() -> None:
    told = filing(with_unread("2024.pdf", 2024, 2021, 2023))
    assert told[0] == "2022: no report is in its folder, due by 2023-01-31."
    assert len(told) == 2
