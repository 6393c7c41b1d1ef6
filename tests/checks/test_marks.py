"""Review marks: read as typed, found again by rule and cells, and never lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ogi.checks import RULES, failed_rule
from ogi.checks.catalogue import rule_named
from ogi.checks.marks import on_no_rule, read_marks, told_unmet, unmet_marks
from ogi.said import Said
from ogi.tables import MARKS, from_rows, matched

HEAD = "agency,year,rule_id,cells,mark,comment,who,when"
SOUND = (
    "a,2023,requests.balance,requests/new/total requests/carried_in/total,explained,moved,W. L.,2025-03-31"
)


def marks(tmp_path: Path, *lines: str) -> tuple[pd.DataFrame, list[str]]:
    path = tmp_path / "review_marks.csv"
    path.write_text("\n".join((HEAD, *lines)) + "\n", "utf-8")
    found = read_marks(path)
    assert path.read_text("utf-8").startswith(HEAD)
    return found


def checks(*keys: tuple[str, int | None, str, list[str]]) -> pd.DataFrame:
    rest = ("error", True, "broken", 1.0, 2.0, -1.0)
    rows = [(f"{a}/1", a, y, rule, *rest, cells, "m", "m") for a, y, rule, cells in keys]
    return from_rows("checks", rows)


def test_marks_are_read_in_either_language(tmp_path: Path) -> None:
    lines = [SOUND.replace("explained", mark) for mark in (*MARKS, *MARKS.values(), " Explained ")]
    frame, faults = marks(tmp_path, *lines)
    assert faults == []
    assert list(frame["mark"]) == [*MARKS, *MARKS, "explained"]
    assert frame["cells"][0] == ["requests/new/total", "requests/carried_in/total"]
    assert frame["year"].dtype == "int64"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "explained",
            "fine",
            "expected one of open, confirmed, explained, dismissed under mark, found 'fine'",
        ),
        ("moved", " ", "expected a comment that says why it is explained, found nothing"),
        (
            "requests/new/total",
            "newer",
            "expected a cell of the forms, nearest Carried in from last year / total, "
            "found 'newer requests/carried_in/total'",
        ),
        ("2023", "23", "expected a year, found '23'"),
        ("W. L.", "", "expected something under who, found nothing"),
        ("requests.balance", "", "expected something under rule_id, found nothing"),
        ("2025-03-31", "", "expected something under when, found nothing"),
        ("2025-03-31", "today", "expected a date such as 2025-03-31 under when, found 'today'"),
        (",W. L.", "", "expected 8 cells, found 7"),
    ],
)
def test_an_unsound_mark_is_one_line_and_costs_no_other(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    frame, faults = marks(tmp_path, SOUND, SOUND.replace(old, new))
    assert len(frame) == 1
    assert faults == [f"{tmp_path / 'review_marks.csv'}, line 3: {message}"]


def test_an_open_or_confirmed_mark_needs_no_comment(tmp_path: Path) -> None:
    bare = SOUND.replace("moved", "")
    assert marks(tmp_path, bare.replace("explained", "open"), bare.replace("explained", "确认"))[1] == []


def test_a_mark_is_found_by_agency_year_rule_and_cells_in_any_order(tmp_path: Path) -> None:
    frame, _ = marks(tmp_path, SOUND)
    cells = ["requests/carried_in/total", "requests/new/total"]
    rows = checks(
        ("a", 2023, "requests.balance", cells),
        ("a", 2023, "requests.balance", cells[:1]),
        ("a", 2023, "requests.balance", [*cells, "requests/total/total"]),
        ("a", 2022, "requests.balance", cells),
        ("b", 2023, "requests.balance", cells),
        ("a", 2023, "requests.outcomes", cells),
        ("a", None, "requests.balance", cells),
    )
    rows.index = pd.Index(range(10, 17))
    on, unmet = matched(rows, frame)
    assert on["mark"].to_list() == ["explained", *[None] * 6]
    assert on.loc[10].to_list() == ["explained", "moved", "W. L.", "2025-03-31"]
    assert unmet.empty


def test_the_latest_mark_counts_and_of_one_day_the_lower(tmp_path: Path) -> None:
    row = checks(("a", 2023, "requests.balance", SOUND.split(",")[3].split()))
    older = SOUND.replace("2025-03-31", "2025-01-01").replace("explained", "open")
    for lines, mark in (
        ((SOUND, older), "explained"),
        ((older, SOUND), "explained"),
        ((SOUND, SOUND.replace("explained", "dismissed")), "dismissed"),
    ):
        on, unmet = matched(row, marks(tmp_path, *lines)[0])
        assert on["mark"].to_list() == [mark]
        assert unmet.empty


def test_a_mark_that_meets_no_row_is_handed_back(tmp_path: Path) -> None:
    frame, _ = marks(tmp_path, SOUND, SOUND.replace("2023", "2022"))
    rows = checks(("a", 2023, "requests.balance", SOUND.split(",")[3].split()))
    on, unmet = matched(rows, frame)
    assert (list(on["mark"]), list(unmet["year"])) == (["explained"], [2022])
    on, unmet = matched(rows.iloc[:0], frame)
    assert (len(on), sorted(unmet["year"])) == (0, [2022, 2023])


KEPT, MENDED = "review/reconsideration/upheld", "review/reconsideration/corrected"
TOTAL = "review/reconsideration/total"
DIRECT = "review/litigation_direct/total"
RESULTS = "a,2023,review.results,{cells},confirmed,,W. L.,2025-03-31"


def test_a_mark_on_some_cells_of_the_one_line_that_does_not_hold_is_on_it(tmp_path: Path) -> None:
    frame, _ = marks(tmp_path, RESULTS.format(cells=TOTAL))
    of_rule = ("a", 2023, "review.results")
    rows = checks((*of_rule, [KEPT, TOTAL]), (*of_rule, [DIRECT]), ("a", 2022, "review.results", [TOTAL]))
    on, unmet = matched(rows, frame)
    assert (list(on["mark"]), len(unmet)) == (["confirmed", None, None], 0)
    rows.loc[0, "verdict"] = "undecided"
    assert list(matched(rows, frame)[0]["mark"]) == ["confirmed", None, None]
    rows.loc[0, "verdict"] = "holds"
    assert matched(rows, frame)[0]["mark"].isna().all(), "that line holds: nothing is marked"
    for several in ([KEPT, TOTAL], [MENDED, TOTAL]), ([KEPT, DIRECT], []):
        on, unmet = matched(checks(*((*of_rule, cells) for cells in several)), frame)
        assert (on["mark"].notna().sum(), len(unmet)) == (0, 1), "two such lines, or none"
    bare, _ = marks(tmp_path, RESULTS.format(cells=""))
    assert len(matched(rows, bare)[1]) == 1, "a mark that names no cell is on no line that has some"


def reports(*keys: tuple[str, int]) -> pd.DataFrame:
    rows = [{"report_id": f"{a}/1", "agency": a, "folder": a, "year": year} for a, year in keys]
    return pd.DataFrame(rows, columns=["report_id", "agency", "folder", "year"])


def test_a_mark_that_meets_nothing_is_told_what_would_fit(tmp_path: Path) -> None:
    frame, _ = marks(tmp_path, RESULTS.format(cells=DIRECT))
    of_rule = ("a", 2023, "review.results")
    rows = checks((*of_rule, [KEPT, TOTAL]), (*of_rule, [MENDED, TOTAL]), ("a", 2023, "dates.published", []))
    [(mark, why)] = unmet_marks(rows, reports(("a", 2023)), frame)
    assert why is not None
    said = told_unmet(mark, why)
    assert said.startswith(
        "review mark (confirmed) on a 2023, “The results add up to the total” (review.results)"
    )
    told = "is broken or undecided on: Reconsideration / upheld | Reconsideration / corrected; write the"
    assert told in said
    assert "为：行政复议 / 结果维持、或行政复议 / 结果纠正。照写" in said.zh
    for text in ("行政复议 / 结果维持", "Reconsideration / corrected"):
        fits, _ = marks(tmp_path, RESULTS.format(cells=text))
        assert unmet_marks(rows, reports(("a", 2023)), fits) == [], "what is told can be written"
    (_, elsewhere), *_ = unmet_marks(rows[1:], reports(("a", 2022)), fits.assign(year=2022))
    assert "that rule is not checked on that report" in str(elsewhere)
    (_, nowhere), *_ = unmet_marks(rows, reports(("b", 2023)), fits.assign(agency="b", year=2022))
    assert "expected a report of that agency and year, found none" in str(nowhere)


def test_a_mark_is_done_with_where_its_line_holds_or_its_rule_throughout_the_report(tmp_path: Path) -> None:
    frame, _ = marks(tmp_path, RESULTS.format(cells=DIRECT))
    rows = checks(("a", 2023, "review.results", [DIRECT]), ("a", 2023, "review.results", [TOTAL, KEPT]))
    of = reports(("a", 2023))
    assert unmet_marks(rows, of, frame) == []
    held = rows.assign(verdict=["holds", "broken"])
    assert [why for _, why in unmet_marks(held, of, frame)] == [None], "that very line holds"
    assert matched(held, frame)[0]["mark"].isna().all(), "and bears no mark"
    some, _ = marks(tmp_path, RESULTS.format(cells=KEPT))
    other = rows.assign(verdict=["broken", "holds"])
    assert [why for _, why in unmet_marks(other, of, some)] == [None], "a part of a line that holds"
    around = checks(("a", 2023, "review.results", [DIRECT]), ("a", 2023, "review.results", [DIRECT, KEPT]))
    around = around.assign(verdict=["holds", "broken"])
    assert matched(around, frame)[0]["mark"].isna().all(), "none on another line than the one that it names"
    assert [why for _, why in unmet_marks(around, of, frame)] == [None]
    part, _ = marks(tmp_path, RESULTS.format(cells=MENDED))
    assert [why is None for _, why in unmet_marks(held, of, part)] == [False]
    assert [why for _, why in unmet_marks(rows.assign(verdict="holds"), of, part)] == [None]


def test_a_mark_on_another_agencys_report_is_on_its_folders(tmp_path: Path) -> None:
    frame, _ = marks(tmp_path, "a,2023,agency.folder,,confirmed,,W. L.,2025-03-31")
    rows = checks(("a", 2023, "agency.folder", [])).assign(agency=None)
    of = reports(("a", 2023)).assign(agency=None)
    assert unmet_marks(rows, of, frame) == []


def test_what_does_not_hold_is_headed_by_its_rule_and_that_it_does_not() -> None:
    """A late report stood under “published before the deadline”."""
    late = failed_rule("dates.published", "broken")
    assert (str(late), late.zh) == (
        "“The report was published by its deadline”: broken",
        "“在规定期限前公布”——不符",
    )
    assert failed_rule("dates.published", "undecided").zh == "“在规定期限前公布”——未能判定"
    assert {rule_named(str(late)), rule_named(late.zh)} == {"dates.published"}, "a mark may say it so"


@pytest.mark.parametrize("name", [rule for one in RULES.values() for rule in (one.zh, one.en)])
def test_a_rule_may_be_named_as_the_review_names_it(tmp_path: Path, name: str) -> None:
    frame, faults = marks(tmp_path, SOUND.replace("requests.balance", f'"{name}"'))
    assert faults == []
    assert RULES[frame["rule_id"][0]].id == next(r.id for r in RULES.values() if name in (r.zh, r.en))


@pytest.mark.parametrize("name", ["在规定期限之前公布", "dates.publish"])
def test_a_rule_that_there_is_not_is_a_line_with_the_nearest_and_stays(tmp_path: Path, name: str) -> None:
    frame, faults = marks(tmp_path, SOUND, SOUND.replace("requests.balance", name))
    assert list(frame["rule_id"]) == ["requests.balance", name]
    assert list(on_no_rule(frame)["rule_id"]) == [name]
    near = "nearest “The report was published by its deadline” (dates.published)"
    place = tmp_path / "review_marks.csv"
    assert faults == [f"{place}, line 3: expected a rule by its id or its name, {near}, found {name!r}"]
    assert isinstance(faults[0], Said)
    assert "（最相近的是“在规定期限前公布”（dates.published））" in faults[0].zh


@pytest.mark.parametrize(
    ("typed", "cells"),
    [
        ("本年新收申请数量；上年结转申请数量", ["requests/new/total", "requests/carried_in/total"]),
        ("2022年 予以公开·自然人", ["2022:requests/granted/natural_person"]),
        ("2022 Granted: natural persons", ["2022:requests/granted/natural_person"]),
        ("2022:requests/new/total requests/new/total", ["2022:requests/new/total", "requests/new/total"]),
    ],
)
def test_cells_may_be_named_as_the_review_names_them(tmp_path: Path, typed: str, cells: list[str]) -> None:
    frame, faults = marks(tmp_path, SOUND.replace("requests/new/total requests/carried_in/total", typed))
    assert (faults, list(frame["cells"][0])) == ([], cells)


@pytest.mark.parametrize(
    ("typed", "near", "near_zh"),
    [
        (
            "requests/newly/total",
            "Newly received requests / total",
            "一、本年新收政府信息公开申请数量 / 总计",
        ),
        ("2022年行政复议 / 维持结果", "Reconsideration / upheld", "行政复议 / 结果维持"),
    ],
)
def test_of_a_cell_that_no_form_has_the_nearest_is_told(
    tmp_path: Path, typed: str, near: str, near_zh: str
) -> None:
    """It was told what a cell looks like, and not which one may be meant."""
    cells = "requests/new/total requests/carried_in/total"
    frame, (said,) = marks(tmp_path, SOUND.replace(cells, typed))
    assert frame.empty
    assert f"nearest {near}, found" in said
    assert f"（最相近的是{near_zh}）" in said.zh
    again, faults = marks(tmp_path, SOUND.replace(cells, near_zh))
    assert (len(again), faults) == (1, []), "what is told can be written"
    _, (said,) = marks(tmp_path, SOUND.replace(cells, "qqqqqq"))
    assert "expected cells such as review/reconsideration/total, found 'qqqqqq'" in said


@pytest.mark.parametrize("head", ["审核标记", "核查标记"])
def test_a_mark_may_stand_under_the_name_that_it_had_before(tmp_path: Path, head: str) -> None:
    path = tmp_path / "review_marks.csv"
    path.write_text(f"机关,年度,规则编号,数据项编号,{head},意见,填写人,填写日期\n{SOUND}\n", "utf-8")
    frame, faults = read_marks(path)
    assert (faults, list(frame["mark"])) == ([], ["explained"])
