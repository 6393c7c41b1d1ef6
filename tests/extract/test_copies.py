"""A table printed more than once: one print is taken whole, and it is said which."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi import forms
from ogi.extract.report import Figure, Finding
from ogi.extract.title import identity
from ogi.extract.walk import walk
from ogi.readers.document import Block, Document, Grid, Paragraph, blocks_of
from ogi.values import State
from tests.extract.documents import Values, figures_of, numbered, table_cells

TITLE = "示例市教育局2023年政府信息公开工作年度报告"
ONE = numbered("2021")
OTHER: Values = {key: 5000.0 + rank for rank, key in enumerate(ONE)}
BLANK: Values = dict.fromkeys(ONE)
TABLES = pytest.mark.parametrize("table", list(forms.TABLES))


def prints(table: str, *copies: tuple[str | Values, ...]) -> list[Block]:
    """Paragraphs and prints of one table, in order."""
    blocks: list[Block] = []
    for origin, part in enumerate(part for copy in copies for part in copy):
        if isinstance(part, str):
            blocks.append(Paragraph(part))
        else:
            blocks += blocks_of(table_cells(table, "2021", part), origin=origin)
    return blocks


def read(table: str, *copies: tuple[str | Values, ...]) -> tuple[dict[str, Figure], list[Finding]]:
    title = Paragraph(TITLE)
    document = Document(Path("report.html"), "html", (title, *prints(table, *copies)))
    figures, _, findings = figures_of(walk(document), identity(document))
    own = [finding for finding in findings if finding.table == table]
    return {figure.id: figure for figure in figures if figure.table == table}, own


def values_of(figures: dict[str, Figure]) -> Values:
    return {key: figure.value for key, figure in figures.items() if figure.state == State.REPORTED}


def printed(table: str, values: Values) -> Values:
    return {key: value for key, value in values.items() if key.startswith(table) and value is not None}


@TABLES
def test_the_first_of_two_prints_is_taken_and_it_is_said_which(table: str):
    figures, (finding,) = read(table, ("（全市汇总）", ONE), ("（市本级）", OTHER))
    assert values_of(figures) == printed(table, ONE)
    assert (finding.kind, finding.severity) == ("table_repeated", "warning")
    assert "（全市汇总）" in finding.message
    assert "（市本级）" in finding.message


@TABLES
@pytest.mark.parametrize("caption", ["2023年度", "二〇二三年度"])
def test_the_print_that_names_the_report_s_year_is_taken(table: str, caption: str):
    figures, (finding,) = read(table, ("2022年度", OTHER), (caption, ONE))
    assert values_of(figures) == printed(table, ONE)
    assert "names the year" in finding.message


@TABLES
def test_the_report_of_another_agency_in_the_same_file_is_left_out(table: str):
    other = "示例市水利局2023年政府信息公开工作年度报告"
    figures, (finding,) = read(table, (other, OTHER), (TITLE, ONE))
    assert values_of(figures) == printed(table, ONE)
    assert "names the agency" in finding.message


@TABLES
def test_the_only_print_under_another_year_is_taken_and_told(table: str):
    figures, (finding,) = read(table, ("2022年度情况表", "（单位：件）", ONE))
    assert values_of(figures) == printed(table, ONE)
    assert (finding.kind, finding.severity) == ("year_contradiction", "warning")
    assert "“2022年度情况表”" in finding.message


@TABLES
@pytest.mark.parametrize("caption", ["2023年度情况表", "2022年、2023年", "情况表", "2022年已公开。"])
def test_the_only_print_under_its_year_or_none_is_not_told(table: str, caption: str):
    assert read(table, (caption, ONE))[1] == []


@TABLES
@pytest.mark.parametrize("caption", ["附：下属单位情况", "（局属单位）", "附件2：我局所属事业单位统计表"])
def test_the_only_print_under_bodies_below_is_taken_and_told(table: str, caption: str):
    figures, (finding,) = read(table, (caption, ONE))
    assert values_of(figures) == printed(table, ONE)
    assert (finding.kind, finding.severity) == ("agency_contradiction", "warning")
    assert f"“{caption}”" in finding.message


@TABLES
@pytest.mark.parametrize(
    "caption", ["局机关及所属单位", "所属单位汇总表", "（含下属单位）", "下属单位已公开。"]
)
def test_the_only_print_of_all_together_is_not_told(table: str, caption: str):
    assert read(table, (caption, ONE))[1] == []


@TABLES
@pytest.mark.parametrize("caption", ["（单位：万件）", "单位：百件、万元", "申请情况表（百件）"])
def test_a_unit_above_a_table_in_which_the_form_does_not_count_is_told(table: str, caption: str):
    figures, findings = read(table, (caption, ONE))
    assert values_of(figures) == printed(table, ONE)
    assert {(finding.kind, finding.severity) for finding in findings} == {("unit_missing", "warning")}
    assert any(caption in finding.message for finding in findings)


@TABLES
@pytest.mark.parametrize("caption", ["（单位：件）", "（单位：件、万元）", "（十件实事）"])
def test_a_unit_of_the_form_above_a_table_is_not_told(table: str, caption: str):
    assert read(table, (caption, ONE))[1] == []


@TABLES
def test_prints_that_agree_are_one(table: str):
    figures, findings = read(table, (ONE,), ("手机版", ONE))
    assert values_of(figures) == printed(table, ONE)
    assert findings == []


@TABLES
def test_a_blank_print_to_fill_in_gives_way_to_the_filled_one(table: str):
    figures, (finding,) = read(table, (BLANK,), (ONE,))
    assert values_of(figures) == printed(table, ONE)
    assert (finding.kind, finding.severity) == ("table_repeated", "note")


def test_what_the_print_taken_lacks_is_not_taken_from_another():
    key = "requests/carried_out/total"
    first = [c for c in table_cells("requests", "2021", ONE) if c.row != last_row("requests")]
    blocks = (Paragraph(TITLE), *blocks_of(first, origin=0), *prints("requests", ("上年", OTHER)))
    document = Document(Path("report.html"), "html", blocks)
    figures, _, _ = figures_of(walk(document), identity(document))
    assert {figure.id: figure.value for figure in figures}[key] is None


def last_row(table: str) -> int:
    return max(cell.row for cell in table_cells(table, "2021", ONE))


def test_two_rows_without_a_word_under_one_head_are_trusted_neither():
    cells = table_cells("review", "2021", ONE)
    last = last_row("review")
    again = [c._replace(row=last + 1, text="7") for c in cells if c.row == last]
    document = Document(Path("report.html"), "html", (Paragraph(TITLE), Grid((*cells, *again))))
    figures, _, _ = figures_of(walk(document), identity(document))
    assert {f.state for f in figures if f.table == "review"} == {State.UNREADABLE}
