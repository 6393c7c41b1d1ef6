"""What changed between two datasets: each change once, with both values and the cause that was planted."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from ogi.checks import check
from ogi.cli import app
from ogi.releases import CAUSES, CHANGES, COLUMNS, Difference, Summary, differences, page
from ogi.said import wordings
from ogi.tables import apply_corrections, empty, from_rows, joined, parts, write
from ogi.tables.export import restored
from tests.reports_made import made

NEW, TOTAL = "requests/new/total", "review/reconsideration/total"
FEES = "proactive/fees/amount"
HOSTILE = "=<b>局"
Told = Mapping[str, Mapping[int, Mapping[str, Any]]]


def dataset(told: Told, corrections: Mapping[tuple[str, int], str] | None = None) -> dict[str, pd.DataFrame]:
    """Agency → year → cells; `corrections`: agency and year → what new/total ought to be."""
    frames = [made(years, agency=agency) for agency, years in told.items()]
    rows = [
        (
            f"{agency}/{year}.pdf",
            agency,
            year,
            *NEW.split("/"),
            _printed(told, agency, year),
            value,
            "r",
            "e",
            "w",
            "2024-01-01",
        )
        for (agency, year), value in (corrections or {}).items()
    ]
    figures, applied = joined("figures", [one.figures for one in frames]), from_rows("corrections", rows)
    corrected = apply_corrections(figures, applied.drop(columns="report_id")).figures
    return {
        **{name: empty(name) for name in ("findings", "narratives", "review_marks", "catalogue")},
        **{"figures": figures, "reports": joined("reports", [one.reports for one in frames])},
        **{"checks": check(corrected), "corrections": applied},
    }


def _printed(told: Told, agency: str, year: int) -> str:
    cell = told[agency][year][NEW]
    return "" if cell == "blank" else f"{cell:g}"


def found(tmp_path: Path, old: dict[str, pd.DataFrame], new: dict[str, pd.DataFrame]) -> list[Difference]:
    write(tmp_path / "old", old)
    write(tmp_path / "new", new)
    return list(differences(tmp_path / "old", tmp_path / "new"))


def changed(tables: dict[str, pd.DataFrame], report_id: str, **values: str) -> dict[str, pd.DataFrame]:
    """The tables with other values in the row of a report."""
    reports = tables["reports"].copy()
    for name, value in values.items():
        reports.loc[reports["report_id"] == report_id, name] = value
    return {**tables, "reports": reports}


def test_the_same_dataset_has_no_differences(tmp_path: Path) -> None:
    same = dataset({"甲局": {2022: {NEW: "blank"}, 2023: {NEW: "unreadable"}}})
    assert found(tmp_path, same, same) == []


def test_agencies_and_years_come_and_go(tmp_path: Path) -> None:
    old = dataset({"甲局": {2021: {}, 2022: {}}, "乙局": {2020: {}, 2021: {}}})
    new = dataset({"甲局": {2022: {}, 2023: {}}, "丙局": {2023: {}}})
    told = [(one.change, one.agency, one.year, one.old, one.new) for one in found(tmp_path, old, new)]
    assert sorted(told) == sorted([
        ("agency_new", "丙局", None, "", "2023"),
        ("agency_gone", "乙局", None, "2020, 2021", ""),
        ("report_gone", "甲局", 2021, "", ""),
        ("report_new", "甲局", 2023, "", ""),
    ])  # fmt: skip


def unread(tables: dict[str, pd.DataFrame], *files: tuple[str, int | None]) -> dict[str, pd.DataFrame]:
    """The tables of agency 甲局 with files that could not be read, each with the year of its name."""
    rows = [
        {"report_id": f"甲局/{name}", "agency": "甲局", "year": year, "kind": "unreadable_file"}
        | {"severity": "error", "message": f"{name}: cut off", "message_zh": f"{name}：不完整"}
        for name, year in files
    ]
    columns = empty("findings").columns
    return {**tables, "findings": from_rows("findings", [tuple(map(row.get, columns)) for row in rows])}


def test_a_report_whose_file_cannot_be_read_now_is_not_gone(tmp_path: Path) -> None:
    """A file cut off on its way was told as a report that is gone, its agency with it."""
    old = dataset({"甲局": {2021: {}, 2022: {}, 2023: {}}})
    new = unread(dataset({}), ("2021.pdf", 2021), ("neu.docx", 2022), ("x.pdf", None))
    told = found(tmp_path, old, new)
    assert [(one.change, one.year, one.why) for one in told] == [
        ("report_unread", 2021, "2021.pdf: cut off"),
        ("report_unread", 2022, "neu.docx: cut off"),
        ("report_gone", 2023, ""),
    ]
    summary = Summary()
    for one in told:
        summary.add(one)
    rows = {row["title"]: row["rows"] for row in summary.sections("zh")}
    assert rows["文件现已无法读取的年报"][0]["cause"] == "2021.pdf：不完整"
    back = [(one.change, one.year) for one in found(tmp_path / "back", new, old)]
    assert back == [("report_new", 2021), ("report_new", 2022), ("report_new", 2023)]


@pytest.mark.parametrize(
    ("change", "cause"),
    [({"sha256": "cd34" * 16}, "report_changed"), ({"parser_version": "2"}, "reader_changed")],
)
def test_a_figure_is_told_with_both_values_and_the_cause(
    tmp_path: Path, change: dict[str, str], cause: str
) -> None:
    old = dataset({"甲局": {2023: {NEW: 1, FEES: 2.5}}})
    new = changed(dataset({"甲局": {2023: {NEW: "blank", FEES: 3}}}), "甲局/2023.pdf", **change)
    figures = [one for one in found(tmp_path, old, new) if one.change == "figure"]
    assert [(one.what, one.old, one.new, one.value_old, one.value_new, one.cause) for one in figures] == [
        (FEES, "reported", "reported", 2.5, 3, cause),
        (NEW, "reported", "blank", 1, None, cause),
    ]
    assert figures[1].printed_old == "1"


@pytest.mark.parametrize(("cell", "value"), [(1, 1), ("blank", None)])
def test_a_correction_is_told_apart_from_another_reading(
    tmp_path: Path, cell: float | str, value: float | None
) -> None:
    told: Told = {"甲局": {2023: {NEW: cell}}}
    (figure,) = (
        one
        for one in found(tmp_path, dataset(told), dataset(told, {("甲局", 2023): "5"}))
        if one.change == "figure"
    )
    assert (figure.what, figure.value_old, figure.value_new, figure.cause) == (NEW, value, 5, "correction")


def test_another_unit_is_another_figure(tmp_path: Path) -> None:
    old = dataset({"甲局": {2023: {FEES: 2}}})
    figures = old["figures"].copy()
    figures.loc[figures["measure"] == "amount", "unit"] = "元"
    (one,) = found(tmp_path, old, {**old, "figures": figures})
    assert (one.value_old, one.unit_old, one.value_new, one.unit_new) == (2, "万元", 2, "元")


def test_checks_that_turned_name_the_figures_or_the_rules(tmp_path: Path) -> None:
    old, new = dataset({"甲局": {2023: {}}}), dataset({"甲局": {2023: {TOTAL: 3}}})
    (turned,) = (one for one in found(tmp_path, old, new) if one.change == "check" and TOTAL in one.what)
    assert (turned.old, turned.new, turned.cause) == ("holds", "broken", "figures_changed")
    checks = old["checks"].assign(verdict=old["checks"]["verdict"].replace("holds", "undecided"))
    causes = {one.cause for one in found(tmp_path, old, {**old, "checks": checks})}
    assert causes == {"rules_changed"}


def test_a_file_that_was_renamed_stays_the_report_of_its_year(tmp_path: Path) -> None:
    old = dataset({"甲局": {2023: {NEW: 1}}})
    name = {"report_id": "甲局/2023.html"}
    new = {
        table: frame.assign(**name) if "report_id" in frame and len(frame) > 0 else frame
        for table, frame in dataset({"甲局": {2023: {NEW: 2}}}).items()
    }
    told = [
        (one.change, one.report_id, one.what) for one in found(tmp_path, old, new) if one.change != "check"
    ]
    assert told == [("figure", "甲局/2023.html", NEW)]


def test_a_report_with_other_bytes_is_named_though_no_figure_changed(tmp_path: Path) -> None:
    old = dataset({"甲局": {2023: {}}})
    (one,) = found(tmp_path, old, changed(old, "甲局/2023.pdf", sha256="cd34" * 16))
    assert (one.change, one.year, one.old[:4], one.new[:4]) == ("report_changed", 2023, "ab12", "cd34")


def test_other_parts_hold_the_same_agencies(tmp_path: Path) -> None:
    names = ["丁局", "丙局", "乙局", "甲局"]
    old = dataset({name: {2023: {NEW: 1}} for name in names})
    new = dataset({name: {2023: {NEW: 2 if name == "乙局" else 1}} for name in names[1:]})
    for folder, tables, cuts in ((tmp_path / "old", old, [0, 2]), (tmp_path / "new", new, [0, 1, 3])):
        folder.mkdir()
        there = [
            parts.Part(f"{n}{len(cuts)}" * 16, sorted(names)[cut] if cut else "")
            for n, cut in enumerate(cuts)
        ]
        for n, part in enumerate(there):
            until = there[n + 1].first if n + 1 < len(there) else "\uffff"
            own = {k: f[(f["agency"] >= part.first) & (f["agency"] < until)] for k, f in tables.items()}
            parts.put(folder, part.key, own, parts.PartRecord(program=folder.name))
        parts.commit(folder, there)
    told = list(differences(tmp_path / "old", tmp_path / "new"))
    assert [(one.change, one.agency) for one in told if one.change != "check"] == [
        ("agency_gone", "丁局"),
        ("figure", "乙局"),
    ]


@pytest.mark.parametrize(("program", "changes"), [("same", 0), ("other", 1)])
def test_agencies_whose_rows_follow_from_the_same_are_left_unread(
    tmp_path: Path, program: str, changes: int
) -> None:
    for name, value, made_by in (("old", 1, "same"), ("new", 2, program)):
        (folder := tmp_path / name).mkdir()
        record, part = parts.PartRecord(made_by, {"甲局": "k"}), parts.Part(f"{value}" * 32)
        parts.put(folder, part.key, dataset({"甲局": {2023: {NEW: value}}}), record)
        parts.commit(folder, [part])
    told = differences(tmp_path / "old", tmp_path / "new")
    assert len([one for one in told if one.change == "figure"]) == changes


# --- told -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    old, new = (
        dataset({HOSTILE: {2023: {NEW: 1, TOTAL: -8}}}),
        dataset({HOSTILE: {2023: {NEW: 2, TOTAL: -9}}}),
    )
    write(folder / "old", old)
    write(folder / "new", new)
    return folder


def told(hostile: Path, *options: str) -> str:
    result = CliRunner().invoke(app, ["diff", str(hostile / "old"), str(hostile / "new"), *options])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_csv_keeps_numbers_and_disarms_formulas(hostile: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(told(hostile, "--format", "csv"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    figures = {row["what"]: row for row in rows if row["change"] == "figure"}
    assert (figures[TOTAL]["value_old"], figures[TOTAL]["value_new"]) == ("-8", "-9")
    assert {row["agency"] for row in rows} == {f"'{HOSTILE}"}
    assert restored(rows[0]["agency"]) == HOSTILE


def test_html_is_escaped_in_both_languages(hostile: Path) -> None:
    for language, title in (("en", "Figures that changed: 2"), ("zh", "数据变动: 2")):
        text = told(hostile, "--format", "html", "--language", language)
        assert "&lt;b&gt;局" in text
        assert "<b>" not in text
        assert title in text


def test_the_terminal_has_each_change_on_a_line(hostile: Path) -> None:
    lines = told(hostile).splitlines()
    assert lines[0].startswith("Figures that changed: 2")
    assert "Newly received requests" in "".join(lines)
    assert any("1 件" in line and "→" in line and "2 件" in line for line in lines)


def test_the_chinese_terminal_has_labels_and_words_for_ids(tmp_path: Path) -> None:
    """It had licences/decisions, reported and broken in its lines."""
    old = dataset({"甲局": {2023: {"proactive/licences/decisions": 5, TOTAL: 0}}})
    new = dataset({"甲局": {2023: {"proactive/licences/decisions": "blank", TOTAL: 3}}})
    write(tmp_path / "old", old)
    write(tmp_path / "new", new)
    lines = told(tmp_path, "--language", "zh")
    assert "行政许可 / 本年处理决定数量（主动公开政府信息情况）" in lines
    assert re.search(r"5 件 +→ +空白", lines)
    assert re.search(r"“各类结果之和，等于总计”（review.results）：行政复议 / .*符合 +→ +不符", lines)
    assert set(re.findall(r"[a-z]{2,}", lines)) == {"review", "results"}
    in_english = told(tmp_path)
    assert "licences/decisions" in in_english
    assert re.search(r"“The results add up to the total” \(review.results\): .*holds +→ +broken", in_english)


def test_a_page_holds_the_first_of_many_and_counts_the_rest() -> None:
    summary = Summary(limit=2)
    for year in range(2019, 2024):
        summary.add(Difference("report_new", "甲局", year, f"甲局/{year}.pdf"))
    text = page(summary, "old", "new", "en")
    assert "Reports that came: 5" in text
    assert "3 more" in text
    assert ("2020.pdf" in text, "2021.pdf" in text) == (True, False)
    assert "Nothing changed." in page(Summary(), "old", "new", "en")


def test_every_change_and_cause_has_its_words() -> None:
    words = wordings("ogi.releases")
    assert {f"change.{one}" for one in CHANGES} | {f"cause.{one}" for one in CAUSES} <= set(words)


def test_a_dataset_that_is_not_there_is_one_line(hostile: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["diff", str(hostile / "old"), str(tmp_path)])
    assert (result.exit_code, "run `ogi ingest RAW`" in result.stderr) == (1, True)
