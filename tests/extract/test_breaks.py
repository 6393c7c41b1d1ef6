"""What a page's end cuts in two is put together where only one reading fits, and marked where none does."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi import forms
from ogi.extract.labels import item_labels
from ogi.extract.report import Figure, Finding
from ogi.extract.walk import walk
from ogi.readers.document import Block, Box, Cell, Document, Grid, Paragraph
from ogi.values import State
from tests.extract.documents import figures_of, numbered, of_year, table_cells

VALUES = numbered("2021")
WIDE, HIGH = 40.0, 20.0


def boxed(cells: list[Cell], page: int) -> list[Cell]:
    """Cells with the boxes of a page where every column is as wide and every row as high."""
    return [
        cell._replace(
            box=Box(
                page,
                WIDE * cell.column,
                HIGH * cell.row,
                WIDE * (cell.column + cell.colspan),
                HIGH * (cell.row + cell.rowspan),
            ),
        )
        for cell in cells
    ]


def over_two_pages(table: str, above: list[Cell], below: list[Cell]) -> Document:
    """A report with one table, cut by the page's end."""
    section = next(section for section in forms.SECTIONS if section.table == table)
    blocks: list[Block] = [
        Paragraph("示例市教育局2023年政府信息公开工作年度报告"),
        Paragraph(f"{section.number}、{section.zh}"),
        Grid(tuple(boxed(above, 1)), origin=1),
        Grid(tuple(boxed(below, 2)), origin=2),
    ]
    return Document(Path("report.pdf"), "pdf", tuple(blocks))


def read(document: Document, table: str) -> tuple[dict[str, Figure], list[Finding]]:
    figures, _, findings = figures_of(walk(document), of_year(2023))
    return {f.id: f for f in figures if f.table == table}, [f for f in findings if f.table == table]


def cut_through(
    cells: list[Cell], row: int, parts: dict[str, tuple[str, str]]
) -> tuple[list[Cell], list[Cell]]:
    """A table cut within a row: the texts of its cells in two parts, the upper whole where none are told."""
    above, below = [], []
    for cell in cells:
        upper, lower = parts.get(cell.text, (cell.text, ""))
        if cell.row > row:
            below.append(cell._replace(row=cell.row - row))
        elif cell.row + cell.rowspan <= row:
            above.append(cell)
        else:
            above.append(cell._replace(rowspan=row + 1 - cell.row, text=upper))
            below.append(cell._replace(row=0, rowspan=cell.row + cell.rowspan - row, text=lower))
    return above, below


def row_of(cells: list[Cell], text: str) -> int:
    return next(cell.row for cell in cells if text in cell.text)


@pytest.mark.parametrize("table", list(forms.TABLES))
def test_a_row_cut_without_a_rest_keeps_all_its_figures(table: str) -> None:
    cells = table_cells(table, "2021", VALUES)
    for row in sorted({cell.row for cell in cells if cell.text.isdigit()}):
        figures, findings = read(over_two_pages(table, *cut_through(cells, row, {})), table)
        assert {key: f.value for key, f in figures.items()} == {key: VALUES[key] for key in figures}
        assert findings == []


def test_a_note_cut_by_the_page_s_end_is_read_with_its_number() -> None:
    cells = table_cells("requests", "2021", VALUES)
    key = "requests/refused.third_party/business"
    number = f"{VALUES[key]:.0f}"
    noted = [c._replace(text=f"{c.text}（其中2件）") if c.text == number else c for c in cells]
    parts = {f"{number}（其中2件）": (f"{number}（其", "中2件）")}
    figures, findings = read(
        over_two_pages("requests", *cut_through(noted, row_of(cells, number), parts)), "requests"
    )
    assert (figures[key].value, figures[key].note) == (VALUES[key], "其\n中2件")
    assert {k: f.value for k, f in figures.items()} == {k: VALUES[k] for k in figures}
    assert findings == []


def test_a_number_cut_by_the_page_s_end_is_unreadable_and_no_other_figure_is() -> None:
    cells = table_cells("requests", "2021", VALUES)
    key = "requests/granted/natural_person"
    number = f"{VALUES[key]:.0f}"
    parts = {number: (number[:2], number[2:])}
    document = over_two_pages("requests", *cut_through(cells, row_of(cells, number), parts))
    figures, findings = read(document, "requests")
    assert {k for k, f in figures.items() if f.state != State.REPORTED} == {key}
    assert figures[key].state == State.UNREADABLE
    assert [finding.kind for finding in findings] == ["cell_unreadable"]


def cut_with_its_label(label: tuple[str, str], *, is_full: bool) -> Document:
    """The row 部分公开 cut by the page's end: its label in two, each of its numbers after two digits."""
    cells = table_cells("requests", "2021", VALUES)
    row = row_of(cells, "部分公开")
    own = next(c.text for c in cells if c.row == row and not c.text.isdigit())
    numbers = [c.text for c in cells if c.row == row and c.text.isdigit()]
    parts = {own: label, **{text: (text[:2], text[2:]) for text in numbers}}
    above, below = cut_through(cells, row, parts)
    full = [c._replace(is_full=is_full) if c.row == row and c.text.isdigit() else c for c in above]
    return over_two_pages("requests", full, below)


PARTLY = "requests/partly_granted/"
CUT_LABEL = ("（二）部分公开（区分处理的，", "只计这一情形，不计其他情形）")
MISPRINTED = ("（二）部分公开（区分处里的，", "只计这一情形，不计其他情形）")


@pytest.mark.parametrize("label", [CUT_LABEL, MISPRINTED])
def test_numbers_cut_where_no_digit_more_had_room_are_put_together(label: tuple[str, str]) -> None:
    figures, findings = read(cut_with_its_label(label, is_full=True), "requests")
    assert {key: f.value for key, f in figures.items()} == {key: VALUES[key] for key in figures}
    assert {f.confidence < 0.9 for key, f in figures.items() if key.startswith(PARTLY)} == {True}
    assert {finding.kind for finding in findings} <= {"label_misspelt", "cell_doubtful"}


def test_numbers_cut_for_no_reason_that_shows_are_unreadable() -> None:
    figures, _ = read(cut_with_its_label(CUT_LABEL, is_full=False), "requests")
    assert {f.state for key, f in figures.items() if key.startswith(PARTLY)} == {State.UNREADABLE}
    others = {key: f.value for key, f in figures.items() if not key.startswith(PARTLY)}
    assert others == {key: VALUES[key] for key in others}


def test_numbers_that_may_run_on_under_a_label_not_understood_are_not_trusted() -> None:
    document = cut_with_its_label(("（二）部分公开", "其余见附件说明"), is_full=True)
    figures, findings = read(document, "requests")
    assert {f.state for key, f in figures.items() if key.startswith(PARTLY)} == {State.UNREADABLE}
    assert {"row_refused", "label_unknown"} <= {finding.kind for finding in findings}


@pytest.mark.parametrize(("table", "row", "whole"), [("review", 0, ""), ("requests", 1, "总计")])
def test_a_head_is_known_though_the_page_s_end_cuts_all_its_words(table: str, row: int, whole: str) -> None:
    cells = table_cells(table, "2021", VALUES)
    parts = {c.text: (c.text[:-1], c.text[-1:]) for c in cells if c.row == row and c.text != whole}
    figures, findings = read(over_two_pages(table, *cut_through(cells, row, parts)), table)
    assert {key: f.value for key, f in figures.items()} == {key: VALUES[key] for key in figures}
    assert findings == []


@pytest.mark.parametrize(("table", "row"), [("requests", 2), ("review", 1), ("review", 2)])
def test_a_head_cut_by_the_page_s_end_is_one_head(table: str, row: int) -> None:
    cells = table_cells(table, "2021", VALUES)
    parts = {
        c.text: (c.text[:2], c.text[2:]) for c in cells if c.row + c.rowspan > row and not c.text.isdigit()
    }
    above, below = cut_through(cells, row, parts)
    figures, findings = read(over_two_pages(table, above, below), table)
    assert {key: f.value for key, f in figures.items()} == {key: VALUES[key] for key in figures}
    assert findings == []


@pytest.mark.parametrize("row", [0, 1, 2])
def test_a_head_torn_beyond_recognition_gives_no_wrong_figure(row: int) -> None:
    cells = table_cells("requests", "2021", VALUES)
    parts = {c.text: (c.text[:1], c.text[1:]) for c in cells if not c.text.isdigit()}
    figures, findings = read(over_two_pages("requests", *cut_through(cells, row, parts)), "requests")
    assert all(f.value in (None, VALUES[key]) for key, f in figures.items())
    assert findings or all(f.state == State.REPORTED for f in figures.values())


def test_a_label_torn_from_its_figures_gives_none_and_says_so() -> None:
    cells = table_cells("requests", "2021", VALUES)
    row = row_of(cells, "上年结转")
    label = next(c for c in cells if c.row == row and not c.text.isdigit())
    key = "requests/carried_in/"
    moved = [c._replace(row=c.row + 1) if c.row > row else c for c in cells]
    torn = [c._replace(row=row + 1) if c.row == row and c.text.isdigit() else c for c in moved]
    blanks = [c._replace(text="") for c in moved if c.row == row and c.text.isdigit()]
    figures, findings = read(over_two_pages("requests", [*torn, *blanks], []), "requests")
    assert {f.state for k, f in figures.items() if k.startswith(key)} == {State.UNREADABLE}
    assert {k: f.value for k, f in figures.items() if not k.startswith(key)} == {
        k: VALUES[k] for k in figures if not k.startswith(key)
    }
    assert any(label.text in finding.message for finding in findings)


def test_the_rest_of_a_heading_is_no_row_of_a_bare_name() -> None:
    labels = item_labels("requests")
    other = labels.items["other.other"]
    assert labels.exact(other.label, other.group) == other.id
    assert labels.exact("（六）其他", other.group) is None


def test_a_row_that_lost_its_label_at_the_page_s_top_leaves_the_row_above_alone() -> None:
    cells = table_cells("requests", "2021", {**VALUES, "requests/granted/business": 0.0})
    row = row_of(cells, "部分公开")
    own = next(c.text for c in cells if c.row == row and not c.text.isdigit())
    above = [c._replace(rowspan=min(c.rowspan, row - c.row)) for c in cells if c.row < row]
    below = [
        c._replace(
            row=max(0, c.row - row),
            rowspan=c.rowspan - max(0, row - c.row),
            text="" if c.text == own else c.text,
        )
        for c in cells
        if c.row + c.rowspan > row
    ]
    figures, findings = read(over_two_pages("requests", above, below), "requests")
    assert figures["requests/granted/natural_person"].value == VALUES["requests/granted/natural_person"]
    assert {f.state for k, f in figures.items() if k.startswith("requests/partly_granted/")} == {State.ABSENT}
    assert {finding.kind for finding in findings} >= {"row_missing"}
