"""Tables whose cells stand in plain lines: read by count, never shifted, and said to be so."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ogi import forms, readers
from ogi.extract import read_report
from ogi.extract.lines import tables_in_lines
from ogi.extract.report import Report
from ogi.readers.document import Cell, Document, Grid, Paragraph
from ogi.values import LEAST_CONFIDENCE, State
from tests.extract.documents import Values, numbered, table_cells

Rows = list[list[str]]
Print = Callable[[Rows], str]
TITLE = "示例市教育局2023年政府信息公开工作年度报告"


def rows(table: str, values: Values, edition: str = "2021") -> Rows:
    return [
        [cell.text for cell in cells] for cells in Grid(tuple(table_cells(table, edition, values))).rows()
    ]


def written(path: Path, values: Values, manner: Print) -> Report:
    lines = [TITLE]
    for section in forms.SECTIONS:
        lines.append(f"{section.number}、{section.zh}")
        lines.append("本节文字。" if section.table is None else manner(rows(section.table, values)))
    path.write_text("\n".join(lines), "utf-8")
    return read_report(path)


def by_blanks(table: Rows) -> str:
    return "\n".join("  ".join(row) for row in table)


def aligned(table: Rows) -> str:
    return "\n".join("".join(f"{cell:\u3000<40}" for cell in row) for row in table)


def by_line(table: Rows) -> str:
    return "\n".join(cell for row in table for cell in row)


def commas(table: Rows) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


def broken_labels(table: Rows) -> str:
    return by_blanks([[f"{c[:11]}\n{c[11:]}" if c.startswith("5.要求") else c for c in row] for row in table])


def thousands(table: Rows) -> str:
    return by_blanks([[f"{int(cell):,}" if cell.isdigit() else cell for cell in row] for row in table])


MANNERS = pytest.mark.parametrize("manner", [by_blanks, aligned, by_line, commas, broken_labels, thousands])


@MANNERS
def test_every_figure_is_read_and_it_is_said_how(tmp_path: Path, manner: Print):
    printed = numbered("2021")
    report = written(tmp_path / "2023.txt", printed, manner)
    assert {figure.id: figure.value for figure in report.figures} == printed
    assert {finding.kind for finding in report.findings} == {"table_in_lines"}


@MANNERS
def test_a_number_lost_spoils_its_own_row_alone(tmp_path: Path, manner: Print):
    printed = numbered("2021")
    key = "requests/refused.third_party/business"
    gone = str(int(printed[key] or 0))
    report = written(
        tmp_path / "2023.txt",
        printed,
        lambda table: manner([[cell for cell in row if cell != gone] for row in table]),
    )
    figures = {figure.id: figure for figure in report.figures}
    row = {key for key in figures if key.startswith("requests/refused.third_party/")}
    assert {figures[key].state for key in row} == {State.UNREADABLE}
    assert {k: f.value for k, f in figures.items() if k not in row} == {
        k: v for k, v in printed.items() if k not in row
    }
    doubtful = [f for f in figures.values() if f.state == State.REPORTED and f.confidence < LEAST_CONFIDENCE]
    assert bool(doubtful) == (manner is by_line)


def test_columns_in_an_order_of_their_own_are_not_guessed(tmp_path: Path):
    def turned(table: Rows) -> str:
        return by_line([row[::-1] if "商业企业" in row else row for row in table])

    report = written(tmp_path / "2023.txt", numbered("2021"), turned)
    assert report.forms["requests"] is None


def test_a_table_printed_as_one_is_never_read_from_lines(tmp_path: Path):
    path = tmp_path / "2023.md"
    table = by_blanks(rows("review", numbered("2021")))
    head = "| 项目 | 自然人 | 商业企业 | 总计 |\n|---|---|---|---|\n| 本年新收申请数量 | 1 | 2 | 3 |\n"
    path.write_text(
        f"# {TITLE}\n\n三、收到和处理政府信息公开申请情况\n\n{head}\n四、行政复议\n\n{table}", "utf-8"
    )
    report = read_report(path)
    assert [finding.table for finding in report.findings if finding.kind == "table_in_lines"] == ["review"]


def test_running_text_and_grids_stay_as_they_are():
    grid = Grid((Cell("甲", 0, 0), Cell("1", 0, 1)))
    blocks = (Paragraph("本年新收申请12件，办结12件。"), grid, Paragraph("自然人"), Paragraph("其他说明"))
    document = Document(Path("a.txt"), "text", blocks)
    assert tables_in_lines(document) == replace(document, blocks=blocks)


def test_lines_of_a_preformatted_page(tmp_path: Path):
    printed = numbered("2021")
    parts = [f"<p>{TITLE}</p>"]
    for section in forms.SECTIONS:
        text = "无。" if section.table is None else f"<pre>{by_blanks(rows(section.table, printed))}</pre>"
        parts.append(f"<p>{section.number}、{section.zh}</p>{text}")
    path = tmp_path / "2023.html"
    path.write_text("".join(parts), "utf-8")
    assert readers.read(path).method == "html"
    assert {figure.id: figure.value for figure in read_report(path).figures} == printed


def test_a_label_begun_in_the_line_above_its_row(tmp_path: Path):
    def tabbed(table: Rows) -> str:
        return "\n".join(
            "\t".join(f"{c[:9]}\n{c[9:]}" if c[:2] in ("4.", "四、") else c for c in r) for r in table
        )

    printed = numbered("2021")
    report = written(tmp_path / "2023.txt", printed, tabbed)
    assert {figure.id: figure.value for figure in report.figures} == printed
