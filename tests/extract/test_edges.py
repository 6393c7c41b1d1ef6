"""Where the limits of extraction lie: what stands just within one is read, what stands just beyond is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi import forms
from ogi.extract.heads import table_of_head
from ogi.extract.labels import typing_error
from ogi.extract.report import Figure, Finding
from ogi.extract.title import identity
from ogi.extract.walk import walk
from ogi.readers.document import Block, Box, Cell, Document, Grid, Paragraph, blocks_of
from ogi.values import State
from tests.extract.documents import Values, figures_of, numbered, of_year, rows_of, table_cells

TITLE = "示例市教育局2023年政府信息公开工作年度报告"
ONE = numbered("2021")
OTHER: Values = {key: 5000.0 + rank for rank, key in enumerate(ONE)}


def read(*blocks: Block, table: str = "requests") -> tuple[dict[str, Figure], list[Finding]]:
    """The figures of one table, and the findings about it."""
    section = next(section for section in forms.SECTIONS if section.table == table)
    heading = Paragraph(f"{section.number}、{section.zh}")
    document = Document(Path("report.pdf"), "pdf", (Paragraph(TITLE), heading, *blocks))
    figures, _, findings = figures_of(walk(document), of_year(2023))
    return {f.id: f for f in figures if f.table == table}, [f for f in findings if f.table == table]


def own(table: str, values: Values = ONE) -> Values:
    return {key: value for key, value in values.items() if key.startswith(f"{table}/")}


# --- columns over one another on two pages -----------------------------------------------------------------

WIDE, APART, HIGH = 30.0, 20.0, 20.0


def on_page(cells: list[Cell], page: int, off: float = 0.0) -> list[Cell]:
    """Cells in columns that stand apart; `off`: by how much figures stand right of their place."""

    def box(cell: Cell) -> Box:
        left = (WIDE + APART) * cell.column + (off if cell.text.isdigit() else 0.0)
        right = left + (WIDE + APART) * cell.colspan - APART
        return Box(page, left, HIGH * cell.row, right, HIGH * (cell.row + cell.rowspan))

    return [cell._replace(box=box(cell)) for cell in cells]


def over_two_pages(off: float) -> tuple[Grid, Grid]:
    """The table of requests with its last row on the next page, where one cell is missing from it."""
    cells = table_cells("requests", "2021", ONE)
    last = max(cell.row for cell in cells)
    lost = f"{ONE['requests/carried_out/business']:g}"
    below = [cell._replace(row=0) for cell in cells if cell.row == last and cell.text != lost]
    above = [cell for cell in cells if cell.row < last]
    return Grid(tuple(on_page(above, 1)), origin=1), Grid(tuple(on_page(below, 2, off)), origin=2)


@pytest.mark.parametrize(("off", "is_read"), [(0, True), (18, True), (22, False)])
def test_on_another_page_a_third_of_a_column_s_width_is_under_it(off: float, is_read: bool) -> None:
    """A shift of 18 points leaves 40 % of the column above the figure, one of 22 leaves 27 %."""
    figures, findings = read(*over_two_pages(off))
    last = {key: f.value for key, f in figures.items() if key.startswith("requests/carried_out/")}
    printed = {key: ONE[key] for key in last} | {"requests/carried_out/business": None}
    assert last == (printed if is_read else dict.fromkeys(last))
    assert findings
    rest = {key: f.value for key, f in figures.items() if key not in last}
    assert rest == {key: ONE[key] for key in rest}


@pytest.mark.parametrize(("page", "state"), [(1, State.REPORTED), (2, State.UNREADABLE)])
def test_only_a_page_s_end_can_cut_a_number(page: int, state: State) -> None:
    """A row without a known label may hold the rest of full cells above it, but not on the same page."""
    cells = table_cells("requests", "2021", ONE)
    row = next(cell.row for cell in cells if "部分公开" in cell.text)
    above = on_page([c for c in cells if c.row <= row], 1)
    full = [c._replace(is_full=True) if c.row == row and c.text.isdigit() else c for c in above]
    strange = [c._replace(row=0) for c in cells if c.row == row and c.rowspan == 1]
    strange = [c if c.text.isdigit() else c._replace(text="其余见附件说明") for c in strange]
    below = [
        c._replace(box=c.box._replace(top=c.box.top + 500, bottom=c.box.bottom + 500))
        for c in on_page(strange, page)
        if c.box is not None
    ]
    figures, _ = read(Grid(tuple(full), origin=1), Grid(tuple(below), origin=2))
    assert {f.state for key, f in figures.items() if key.startswith("requests/partly_granted/")} == {state}


# --- a table printed again ---------------------------------------------------------------------------------


def rows_with(cells: list[Cell], items: int, start: int = 0) -> list[Cell]:
    """The head of the table, and `items` of its rows of figures, with labels that span no other row."""
    rows = rows_of(cells)
    held = [row for row, members in rows.items() if any(c.text.isdigit() for c in members)]
    kept = held[start : start + items]
    head = [cell for cell in cells if cell.row < held[0]]
    return head + [
        cell._replace(row=held[0] + place, rowspan=1) for place, row in enumerate(kept) for cell in rows[row]
    ]


def printed_again(again: list[Cell], first: list[Cell]) -> tuple[dict[str, Figure], list[Finding]]:
    return read(*blocks_of(first, origin=1), Paragraph("另表"), *blocks_of(again, origin=2))


FIRST_ITEMS = [item.id for item in forms.TABLES["requests"]["2021"].items][:3]


@pytest.mark.parametrize(("items", "kind"), [(2, "cell_unreadable"), (3, "table_repeated")])
def test_a_print_has_three_items_in_common_with_another(items: int, kind: str) -> None:
    """Of a print the first is taken; two rows printed twice with other figures are believed neither time."""
    cells = table_cells("requests", "2021", ONE)
    figures, findings = printed_again(rows_with(table_cells("requests", "2021", OTHER), items), cells)
    twice = {key for key in figures if key.split("/")[1] in FIRST_ITEMS[:items]}
    is_print = kind == "table_repeated"
    assert kind in {finding.kind for finding in findings}
    assert {figures[key].value for key in twice} == ({ONE[key] for key in twice} if is_print else {None})
    rest = {key: f.value for key, f in figures.items() if key not in twice}
    assert rest == {key: ONE[key] for key in rest}


@pytest.mark.parametrize(("new", "is_print"), [(3, False), (2, True)])
def test_what_repeats_but_half_of_its_figures_goes_on_with_the_table(new: int, is_print: bool) -> None:
    """Three rows printed before, and as many or fewer that were not."""
    start = 7
    first = rows_with(table_cells("requests", "2021", ONE), start)
    again = rows_with(table_cells("requests", "2021", OTHER), 3 + new, start - 3)
    figures, findings = printed_again(again, first)
    items = [item.id for item in forms.TABLES["requests"]["2021"].items]
    added = {key for key in figures if key.split("/")[1] in items[start : start + new]}
    assert {figures[key].value for key in added} == ({None} if is_print else {OTHER[key] for key in added})
    assert ("table_repeated" in {finding.kind for finding in findings}) == is_print


# --- labels, heads and titles ------------------------------------------------------------------------------

LAW = "其他法律行政法规禁止公开"


@pytest.mark.parametrize(
    ("printed", "cost"),
    [
        ("法律行政法规公开", 4),  # four of twelve lost
        ("法律行政法公开", None),  # five lost
        ("其他法律行政法规禁止公升", 2),  # one misprinted
        ("其他法津行政法规禁止公升", None),  # two misprinted
        ("法津行政法规禁公开", 5),  # three lost, one misprinted
        ("法津行政法规公开", 6),  # four lost, one misprinted
        ("法津行政法公开", None),  # five lost, one misprinted
    ],
)
def test_a_typing_error_loses_two_fifths_and_changes_an_eighth_at_most(
    printed: str, cost: int | None
) -> None:
    assert typing_error(printed, LAW) == cost


@pytest.mark.parametrize(("official", "cost"), [("总计数", None), ("结果维持", 1)])
def test_a_typing_error_is_one_of_a_name_of_four_characters_or_more(official: str, cost: int | None) -> None:
    assert typing_error(official[1:], official) == cost


@pytest.mark.parametrize(
    ("word", "table"),
    [("总计", None), ("自然人", None), ("结果维持", "review"), ("处理决定数量", "proactive")],
)
def test_one_column_alone_is_a_head_by_a_name_of_its_own(word: str, table: str | None) -> None:
    assert table_of_head([Cell("某项说明", 0, 0), Cell(word, 0, 1)]) == table


@pytest.mark.parametrize(("before", "agency"), [(0, "示例市教育局"), (29, "示例市教育局"), (30, None)])
def test_the_title_is_among_the_first_thirty_paragraphs(before: int, agency: str | None) -> None:
    lines = [Paragraph(f"导航栏目{n}") for n in range(before)]
    document = Document(Path("2023.html"), "html", (*lines, Paragraph(TITLE), Paragraph("一、总体情况")))
    assert identity(document).agency == agency
