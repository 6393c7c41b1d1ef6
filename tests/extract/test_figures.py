"""Whatever happens to a row, no other figure changes, and nothing is wrong without a word."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from ogi import forms
from ogi.extract.report import Figure, Finding
from ogi.extract.sections import narratives
from ogi.extract.walk import walk
from ogi.readers.document import Box, Cell, Document, Grid, Paragraph
from ogi.values import State
from tests.extract.documents import Values, document, figure_ids, figures_of, numbered, of_year, rows_of
from tests.extract.edits import added, renamed, swapped, without

EDITIONS = forms.EDITIONS
LABELLED = [(edition, table) for edition in EDITIONS for table in ("proactive", "requests")]


YEAR = {"2019": 2020, "2021": 2023}


def read(doc: Document, edition: str) -> tuple[dict[str, Figure], list[Finding]]:
    """Figures by id and findings, but for the unit that the form of 2019 does not prescribe."""
    figures, _, findings = figures_of(walk(doc), of_year(YEAR[edition]))
    return {figure.id: figure for figure in figures}, [f for f in findings if f.kind != "unit_missing"]


def values(doc: Document, edition: str) -> dict[str, float | None]:
    return {key: figure.value for key, figure in read(doc, edition)[0].items()}


def figure_rows(cells: list[Cell]) -> list[int]:
    """The rows of a table that hold figures."""
    return [row for row, members in rows_of(cells).items() if any(c.text.isdigit() for c in members)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_figure_of_a_form_is_read_back(edition):
    printed = numbered(edition)
    assert values(document(printed, edition), edition) == printed


@given(st.data(), st.sampled_from(EDITIONS))
@settings(deadline=None, max_examples=30)
def test_any_figures_are_read_back_blank_or_not(data, edition):
    ids = figure_ids(edition)
    cell = st.none() | st.integers(0, 10**8).map(float)
    printed = dict(zip(ids, data.draw(st.lists(cell, min_size=len(ids), max_size=len(ids))), strict=True))
    read_back, _ = read(document(printed, edition), edition)
    assert {key: figure.value for key, figure in read_back.items()} == printed
    assert all(
        figure.state == (State.BLANK if printed[key] is None else State.REPORTED)
        for key, figure in read_back.items()
    )


def test_the_edition_is_decided_table_by_table():
    mixed = {"proactive": "2021", "requests": "2019", "review": "2021"}
    printed = {k: v for t, e in mixed.items() for k, v in numbered(e).items() if k.startswith(t)}
    _, editions, _ = figures_of(walk(document(printed, mixed)), of_year(2024))
    assert editions == mixed
    assert values(document(printed, mixed), "2021") == printed


@pytest.mark.parametrize(("edition", "table"), LABELLED)
def test_a_deleted_row_is_absent_and_shifts_nothing(edition, table):
    printed = numbered(edition)
    rows = figure_rows(rows_cells(printed, edition, table))
    for gone in rows:
        found, findings = read(
            document(printed, edition, change={table: partial(without, row=gone)}), edition
        )
        lost = [key for key, figure in found.items() if figure.state == State.ABSENT]
        assert lost
        assert {key: f.value for key, f in found.items() if key not in lost} == {
            key: value for key, value in printed.items() if key not in lost
        }
        assert len({key.rpartition("/")[0] for key in lost}) == 1
        assert [f.kind for f in findings] == ["row_missing"]


@pytest.mark.parametrize(("edition", "table"), LABELLED)
def test_an_added_row_is_named_and_changes_nothing(edition, table):
    printed = numbered(edition)
    for after in figure_rows(rows_cells(printed, edition, table)):
        found, findings = read(
            document(printed, edition, change={table: partial(added, after=after)}), edition
        )
        assert {key: figure.value for key, figure in found.items()} == printed
        assert [f.kind for f in findings] == ["label_unknown"]
        assert "其他主动公开文件" in findings[0].message


@pytest.mark.parametrize(("edition", "table"), LABELLED)
def test_two_rows_swapped_are_found_by_their_labels(edition, table):
    printed = numbered(edition)
    rows = figure_rows(rows_cells(printed, edition, table))
    for one, other in pairwise(rows):
        doc = document(printed, edition, change={table: partial(swapped, one=one, other=other)})
        if alike(printed, edition, table, one, other):
            assert values(doc, edition) == printed


@pytest.mark.parametrize(("edition", "table"), LABELLED)
def test_a_renamed_row_is_absent_and_named(edition, table):
    printed = numbered(edition)
    for row in figure_rows(rows_cells(printed, edition, table)):
        found, findings = read(document(printed, edition, change={table: partial(renamed, row=row)}), edition)
        changed = {key for key, figure in found.items() if figure.value != printed[key]}
        assert {found[key].state for key in changed} == {State.ABSENT}
        assert len({key.rpartition("/")[0] for key in changed}) == 1
        assert {f.kind for f in findings} == {"row_missing", "label_unknown"}


@pytest.mark.parametrize("lost", [0, 3, 6])
def test_a_row_that_lost_a_cell_is_never_shifted(lost):
    printed = numbered("2021")

    def drop(cells: list[Cell]) -> list[Cell]:
        row = rows_of(cells)[8]
        figures = [cell for cell in row if cell.text.isdigit()]
        gone = figures[lost]
        kept = [cell for cell in cells if cell is not gone]
        return [c._replace(column=c.column - 1) if c.row == 8 and c.column > gone.column else c for c in kept]

    found, findings = read(document(printed, "2021", change={"requests": drop}), "2021")
    wrong = {k: f for k, f in found.items() if f.value != printed[k]}
    assert {f.state for f in wrong.values()} <= {State.UNREADABLE, State.ABSENT}
    assert wrong
    assert findings


def test_a_number_that_stands_off_its_row_leaves_no_blank_in_it():
    """1970 was set higher than the rest of its row and taken for a row of its own, without a label."""
    printed = numbered("2021")
    key = "requests/unavailable.not_held/natural_person"

    def set_higher(cells: list[Cell]) -> list[Cell]:
        (number,) = [cell for cell in cells if cell.text == f"{printed[key]:g}"]
        row = number.row
        apart = added(cells, row - 1, "")
        apart = [c._replace(text="") if c.row == row and c.text == "77" else c for c in apart]
        off = {(row, number.column): number.text, (row + 1, number.column): ""}
        return [c._replace(text=off.get((c.row, c.column), c.text)) for c in apart]

    found, findings = read(document(printed, "2021", change={"requests": set_higher}), "2021")
    assert (found[key].state, found[key].value) == (State.UNREADABLE, None)
    assert {k: f.value for k, f in found.items()} == {**printed, key: None}
    assert [finding.kind for finding in findings] == ["row_added", "cell_unreadable"]


def test_one_figure_printed_twice_differently_is_trusted_neither_time():
    printed = numbered("2021")

    def twice(cells: list[Cell]) -> list[Cell]:
        last = max(cell.row for cell in cells)
        again = [cell._replace(row=last + 1) for cell in cells if cell.row == last]
        return cells + [c._replace(text="7") if c.text.isdigit() else c for c in again]

    found, findings = read(document(printed, "2021", change={"requests": twice}), "2021")
    doubtful = {key for key, figure in found.items() if figure.state == State.UNREADABLE}
    assert doubtful == {key for key in printed if key.startswith("requests/carried_out/")}
    assert all("printed twice" in finding.message for finding in findings)


def test_a_typing_error_is_read_with_a_note():
    printed = numbered("2019")
    official = "2.其他法律行政法规禁止公开"

    def misspell(cells: list[Cell]) -> list[Cell]:
        return [c._replace(text="2.其他法律行政止公开") if c.text == official else c for c in cells]

    found, findings = read(document(printed, "2019", change={"requests": misspell}), "2019")
    assert {key: figure.value for key, figure in found.items()} == printed
    assert [(f.kind, f.severity, f.resembles) for f in findings] == [("label_misspelt", "note", official)]


def test_other_is_an_outcome_only_under_its_own_heading():
    printed = numbered("2021")

    def elsewhere(cells: list[Cell]) -> list[Cell]:
        """（三）不予公开 gets a ninth reason, 9.其他, and the real 3.其他 goes."""
        row = next(c.row for c in cells if c.text == "3.其他")
        cells = without(cells, row)
        after = next(c.row for c in cells if c.text.startswith("8."))
        return added(cells, after, "9.其他")

    found, _ = read(document(printed, "2021", change={"requests": elsewhere}), "2021")
    assert all(figure.state == State.ABSENT for key, figure in found.items() if "/other.other/" in key)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_table_over_two_pages_with_other_columns_there(edition):
    """The second page repeats no head, and its grid has fewer columns: places on the page decide."""
    printed = numbered(edition)
    pages = document(printed, edition, change={"requests": boxed})
    blocks = [part for block in pages.blocks for part in cut(block, at=15)]
    assert values(replace(pages, blocks=tuple(blocks)), edition) == printed


def test_a_row_cut_by_the_page_break_is_put_together():
    printed = numbered("2021")
    pages = document(printed, "2021", change={"requests": boxed})
    label = "5.要求行政机关确认或重新出具已获取信息"
    blocks: list[Grid | Paragraph] = []
    for block in pages.blocks:
        if isinstance(block, Grid) and (row := next((c.row for c in block.cells if c.text == label), None)):
            blocks += broken(block, row)
        else:
            blocks.append(block)
    assert values(replace(pages, blocks=tuple(blocks)), "2021") == printed


@pytest.mark.parametrize("conversion", ["s2t", "s2hk", "s2tw", "s2twp"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_traditional_characters_read_the_same(edition, conversion):
    printed = numbered(edition)
    convert = OpenCC(conversion).convert

    def traditional(cells: list[Cell]) -> list[Cell]:
        return [cell._replace(text=convert(cell.text)) for cell in cells]

    doc = document(printed, edition, change=dict.fromkeys(forms.TABLES, traditional))
    blocks = [Paragraph(convert(b.text)) if isinstance(b, Paragraph) else b for b in doc.blocks]
    found, findings = read(replace(doc, blocks=tuple(blocks)), edition)
    assert {key: figure.value for key, figure in found.items()} == printed
    assert findings == []
    told, _ = narratives(replace(doc, blocks=tuple(blocks)))
    assert len(told) == len(forms.SECTIONS)


@pytest.mark.parametrize(("confidence", "kinds"), [(0.89, ["cell_doubtful"]), (0.9, [])])
def test_a_figure_read_with_little_confidence_is_told(confidence, kinds):
    def unsure(cells: list[Cell]) -> list[Cell]:
        first = next(cell for cell in cells if cell.text.isdigit())
        return [c._replace(confidence=confidence) if c is first else c for c in cells]

    printed = numbered("2021")
    found, findings = read(document(printed, "2021", change={"requests": unsure}), "2021")
    assert {key: figure.value for key, figure in found.items()} == printed
    assert [finding.kind for finding in findings] == kinds


def test_the_unit_in_a_head_counts():
    printed = numbered("2021")

    def in_yuan(cells: list[Cell]) -> list[Cell]:
        return [
            c._replace(text="本年收费金额（单位：元）") if c.text.startswith("本年收费金额") else c
            for c in cells
        ]

    found, _ = read(document(printed, "2021", change={"proactive": in_yuan}), "2021")
    assert found["proactive/fees/amount"].unit == "元"


def test_an_amount_without_a_printed_unit_is_said_to_have_the_form_s():
    def without_unit(cells: list[Cell]) -> list[Cell]:
        return [c._replace(text="本年收费金额") if c.text.startswith("本年收费金额") else c for c in cells]

    changed = document(numbered("2021"), "2021", change={"proactive": without_unit})
    figures, _, findings = figures_of(walk(changed), of_year(2023))
    assert {f.unit for f in figures if f.id == "proactive/fees/amount"} == {"万元"}
    assert [(f.kind, "万元 as the form has it" in f.message) for f in findings] == [("unit_missing", True)]


def test_a_table_not_in_the_document_is_absent_as_a_whole():
    found, findings = read(document(numbered("2021"), "2021", change={"review": lambda cells: []}), "2021")
    assert {figure.state for key, figure in found.items() if key.startswith("review/")} == {State.ABSENT}
    assert [(f.kind, f.severity) for f in findings] == [("table_missing", "error")]


# --- changes ---------------------------------------------------------------------------------------------


def rows_cells(printed: Values, edition: str, table: str) -> list[Cell]:
    kept: list[Cell] = []
    document(printed, edition, change={table: lambda cells: kept.extend(cells) or cells})
    return kept


def alike(printed: Values, edition: str, table: str, one: int, other: int) -> bool:
    """Have two rows their labels and figures in the same columns, under the same head?"""
    rows = rows_of([c for c in rows_cells(printed, edition, table) if c.rowspan == 1])
    return other == one + 1 and [c.column for c in rows[one]] == [c.column for c in rows[other]]


def boxed(cells: list[Cell]) -> list[Cell]:
    """The cells with boxes, ten columns of 40 points, rows of 20."""
    return [
        c._replace(
            box=Box(
                1, 40.0 * c.column, 20.0 * c.row, 40.0 * (c.column + c.colspan), 20.0 * (c.row + c.rowspan)
            ),
        )
        for c in cells
    ]


def cut(block: Grid | Paragraph, at: int) -> list[Grid | Paragraph]:
    """A grid cut by a page break: another origin, spanning labels cut in two, columns counted anew."""
    if not isinstance(block, Grid) or len(block.cells) < 60 or block.cells[0].box is None:
        return [block]
    above = [c._replace(rowspan=min(c.rowspan, at - c.row)) for c in block.cells if c.row < at]
    below = [c for c in block.cells if c.row >= at]
    below += [
        c._replace(row=at, rowspan=c.row + c.rowspan - at, text="")
        for c in block.cells
        if c.row < at < c.row + c.rowspan
    ]
    renumbered = sorted({c.column for c in below})
    fewer = [c._replace(column=renumbered.index(c.column), colspan=1) for c in below]
    return [replace(block, cells=tuple(above)), replace(block, cells=tuple(fewer), origin=99)]


def broken(block: Grid, row: int) -> list[Grid | Paragraph]:
    """A page break through a row: half of the label above, the other half and the figures below."""
    above, below = cut(block, at=row)
    half = [c for c in below.cells if c.row == row]
    label = next(c for c in half if c.text.startswith("5."))
    top = [c._replace(text="5.要求行政机关确认或重" if c is label else "") for c in half]
    bottom = [c._replace(text="新出具已获取信息") if c is label else c for c in below.cells]
    return [replace(above, cells=(*above.cells, *top)), replace(below, cells=tuple(bottom))]


def counted(cells: list[Cell]) -> list[Cell]:
    """The table with a column 序号 before it: its head, then a number a row."""
    first = min(cell.row for cell in cells if cell.text.isdigit())
    last = max(cell.row for cell in cells)
    numbers = [Cell(str(row - first + 1), row, 0) for row in range(first, last + 1)]
    return [Cell("序号", 0, 0, first), *numbers, *(c._replace(column=c.column + 1) for c in cells)]


def test_a_column_that_counts_the_rows_holds_no_figures():
    values = numbered("2021")
    figures, _, findings = figures_of(walk(document(values, change={"requests": counted})), of_year(2023))
    assert {figure.id: figure.value for figure in figures} == values
    assert findings == []


def _noted(label: str, text: str) -> Document:
    """A report whose table `proactive` prints a word of its own in place of a label or a head."""

    def change(cells: list[Cell]) -> list[Cell]:
        return [c._replace(text=text) if c.text == label else c for c in cells]

    return document(numbered("2021"), change={"proactive": change})


@pytest.mark.parametrize("note", ["上年", "上年度", "去年", "2022年"])
def test_a_row_that_says_it_is_another_year_s_is_not_taken(note: str):
    figures, findings = read(_noted("行政许可", f"行政许可（{note}）"), "2021")
    assert {key for key, figure in figures.items() if figure.value is None} == {
        "proactive/licences/decisions"
    }
    (told,) = [finding for finding in findings if finding.kind == "row_refused"]
    assert "another year" in told.message
    assert f"行政许可（{note}）" in told.message


@pytest.mark.parametrize("note", ["上年", "2022年度"])
def test_a_column_that_says_it_is_another_year_s_is_not_taken(note: str):
    head = "本年收费金额（单位：万元）"
    figures, findings = read(_noted(head, f"{head}（{note}）"), "2021")
    assert [key for key, figure in figures.items() if figure.value is None] == ["proactive/fees/amount"]
    assert any(f.severity == "warning" and "行政事业性收费" in f.message for f in findings)


@pytest.mark.parametrize("note", ["本年", "2023年"])
def test_a_row_that_says_it_is_of_this_year_is_taken(note: str):
    assert values(_noted("行政许可", f"行政许可（{note}）"), "2021") == numbered("2021")
