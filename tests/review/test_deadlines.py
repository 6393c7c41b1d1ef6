"""Which deadline is applied: the catalogue's where it sets one, else the law's for the kind of the agency."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from ogi.extract.report import Finding, FindingKind, Severity
from ogi.reported import UNREAD, Filings, reported
from ogi.review import Review, cover
from ogi.review.agencies import agencies_of
from ogi.review.deadlines import deadlines
from ogi.said import Said
from ogi.tables import empty, finding_row, from_rows

AGENCIES = [
    ("甲市人民政府", "government"),
    ("甲市教育局", "department"),
    ("甲街道", "street"),
    ("乙局", "department"),
]


def filings(*deadline: tuple[str, str]) -> Filings:
    own = dict(deadline)
    rows = [(name, None, kind, None, None, own.get(name), None, None, None) for name, kind in AGENCIES]
    agencies = pd.DataFrame(
        [(name, kind, True) for name, kind in AGENCIES], columns=["agency", "kind", "in_catalogue"]
    )
    none = (empty(name) for name in ("checks", "findings"))
    return Filings(agencies, empty("reports"), from_rows("catalogue", rows), *none)


def test_the_catalogue_sets_the_deadline_and_else_the_law_by_kind() -> None:
    found = reported(filings(("甲市教育局", "01-20")), 2023).set_index("agency")
    assert found["deadline"].fillna("").to_dict() == {
        "甲市人民政府": "2024-03-31", "甲市教育局": "2024-01-20", "甲街道": "", "乙局": "2024-01-31",
    }  # fmt: skip
    assert found["deadline_by"].to_dict() == {
        "甲市人民政府": "law", "甲市教育局": "catalogue", "甲街道": "", "乙局": "law",
    }  # fmt: skip


def test_a_known_day_without_a_deadline_is_not_called_an_unknown_day() -> None:
    """A street office's report of 20 January was called 已报，日期不明, since no law sets its deadline."""
    reports = pd.DataFrame([("甲街道", 2023), ("乙局", 2023)], columns=["agency", "year"])
    days = {"甲街道": "2024-01-20"}
    rows = [(name, 2023, kind, days.get(name), *[None] * 5) for name, kind in AGENCIES]
    own = replace(
        filings(), reports=reports.astype({"year": "Int64"}), catalogue=from_rows("catalogue", rows)
    )
    status = reported(own, 2023).set_index("agency")["status"]
    assert status[["甲街道", "乙局"]].to_list() == ["no_deadline", "undated"]


@pytest.mark.parametrize(
    ("of", "status"),
    [(2023, UNREAD), (None, UNREAD), (2022, "")],
    ids=["of the year", "of no known year", "of another"],
)
def test_who_sent_but_a_file_that_cannot_be_read_is_not_forgotten(of: int | None, status: str) -> None:
    """Of an agency whose only file was damaged neither review nor index said a word: all had reported."""
    known = pd.DataFrame([("丙局", "department", False)], columns=["agency", "kind", "in_catalogue"])
    told = Finding(FindingKind.UNREADABLE_FILE, Severity.ERROR, Said("丙局/2023.pdf", "丙局/2023.pdf"))
    findings = from_rows("findings", [finding_row(("丙局/2023.pdf", "丙局", of), told)])
    own = Filings(known, empty("reports"), empty("catalogue"), empty("checks"), findings)
    rows = reported(own, 2023)
    assert rows["status"].tolist() == ([status] if status else [])
    assert rows["expected_by"].tolist() == (["file"] if status else [])
    assert agencies_of([], {"丙局"}, {}, empty("catalogue"), 2023)["has_page"].tolist() == [False]


def test_the_cover_says_which_was_applied_to_how_many(data: Review) -> None:
    said = deadlines(reported(filings(("甲市教育局", "01-20")), 2023))
    assert said == (
        "Deadlines applied – 2024-01-31 by law for the kind Department: 1; 2024-03-31 by law for the kind "
        "People's government: 1; 2024-01-20 by the catalogue: 1; none set: 1."
    )
    assert said.zh.endswith("1个依名录为2024-01-20；1个未设期限。")
    assert str(deadlines(data.reported)) in cover(data).unescape()


def test_of_very_many_days_some_are_named_and_all_are_counted() -> None:
    days = [f"2024-01-{day:02}" for day in range(1, 8)]
    rows = pd.DataFrame({"deadline": days, "deadline_by": "catalogue", "kind": "department"})
    assert deadlines(rows).count("by the catalogue: 1") == 4
    assert "other days by the catalogue: 3" in deadlines(rows)
