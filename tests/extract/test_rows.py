from __future__ import annotations

import pytest

from ogi.extract.heads import Head, HeadColumn
from ogi.extract.rows import TableRow, align, is_figure, leading_labels, signed, spare_starts
from ogi.readers.document import Box, Cell, Grid
from ogi.said import Said

A, B, C = (HeadColumn(Cell(name, 0, column), name) for column, name in enumerate("abc", 1))
HEAD = Head("requests", (A, B, C), origin=1, ragged=False)
RAGGED = Head("requests", (A, B, C), origin=1, ragged=True)


def aligned(texts: list[str], columns: list[int], head: Head = HEAD, width: int = 4) -> dict[int, str] | None:
    cells = [Cell(text, 1, column) for text, column in zip(texts, columns, strict=True)]
    edge = Cell("", 0, width - 1)
    return texts_of(align(cells, head, Grid((edge, *cells), ragged=head.ragged, origin=head.origin)))


def texts_of(placed: dict[int, Cell] | Said) -> dict[int, str] | None:
    return None if isinstance(placed, Said) else {rank: cell.text for rank, cell in placed.items()}


@pytest.mark.parametrize(
    ("texts", "count"), [(["甲", "1"], 1), (["", "甲", "/"], 2), (["1"], 0), (["甲", ""], 2)]
)
def test_a_label_is_text_or_blank_before_the_first_figure(texts, count):
    assert leading_labels([Cell(text, 0, i) for i, text in enumerate(texts)]) == count


def test_as_many_cells_as_columns_are_taken_by_rank():
    assert aligned(["1", "2", "3"], [1, 2, 3]) == {0: "1", 1: "2", 2: "3"}


def test_rank_counts_where_spans_disagree_between_rows():
    """The row begins one column early: its first figure stands under no column, so places are not real."""
    assert aligned(["1", "2", "3"], [0, 1, 2]) == {0: "1", 1: "2", 2: "3"}


def test_a_blank_left_over_from_a_label_is_no_figure():
    assert aligned(["", "1", "2", "3"], [0, 1, 2, 3]) == {0: "1", 1: "2", 2: "3"}


def test_rank_and_place_in_conflict_refuse_the_row():
    assert aligned(["", "1", "2"], [0, 1, 2], width=3) is None


def test_a_row_that_lost_a_cell_is_refused_not_shifted():
    assert aligned(["1", "2"], [1, 2]) is None


def test_a_narrower_row_of_a_wider_table_keeps_its_places():
    assert aligned(["1", "3"], [1, 3]) == {0: "1", 2: "3"}


def test_a_blank_cell_merged_over_columns_is_blank_in_each_and_a_filled_one_in_none():
    def merged(text: str) -> dict[int, str] | None:
        cells = [Cell(text, 1, 1, colspan=2), Cell("3", 1, 3)]
        placed = align(cells, HEAD, Grid((Cell("甲", 1, 0), *cells), origin=1))
        return texts_of(placed)

    assert merged("") == {0: "", 1: "", 2: "3"}
    assert merged("5") is None


def test_on_a_page_a_number_over_two_columns_is_of_neither_and_leaves_the_others_theirs():
    def boxed(text: str, column: int, colspan: int = 1, row: int = 1) -> Cell:
        return Cell(
            text, row, column, colspan=colspan, box=Box(1, 50.0 * column, 0, 50.0 * (column + colspan), 9)
        )

    head = Head(
        "requests", tuple(HeadColumn(boxed(n, c, row=0), n) for c, n in enumerate("abc", 1)), 1, False
    )
    cells = [boxed("00", 1, 2), boxed("3", 3)]
    placed = align(cells, head, Grid((boxed("甲", 0), *cells), origin=1))
    assert isinstance(placed, dict)
    assert texts_of(placed) == {0: "00", 1: "00", 2: "3"}
    row = TableRow(head, "甲", None, None, tuple(cells), placed)
    assert [row.is_merged_across(rank) for rank in range(3)] == [True, True, False]
    assert row.refused(Said("no", "否")).under == {}, (
        "no cell of a refused row is taken, or compared with a copy's"
    )


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1", "2", "3"], {0: "1", 1: "2", 2: "3"}),
        (["", "1", "2", "3"], {0: "1", 1: "2", 2: "3"}),
        (["", "", "", ""], {0: "", 1: "", 2: ""}),
        (["", "1", "2", ""], None),
        (["9", "1", "2", "3"], None),
        (["1", "2"], None),
    ],
)
def test_without_places_only_what_is_sure_is_taken(texts, expected):
    assert aligned(texts, list(range(len(texts))), RAGGED) == expected


def test_on_another_page_boxes_decide():
    places = [
        (name, rank, Box(1, 40.0 * rank, 0, 40.0 * rank + 40, 20)) for rank, name in enumerate("abc", 1)
    ]
    leaves = tuple(HeadColumn(Cell(name, 0, rank, box=box), name) for name, rank, box in places)
    head = Head("requests", leaves, 1, False)
    cells = [
        Cell(t, 0, i, box=Box(2, x, 0, x + 38, 20)) for i, (t, x) in enumerate([("1", 41.0), ("3", 121.0)])
    ]
    assert texts_of(align(cells, head, Grid(tuple(cells), origin=2))) == {0: "1", 2: "3"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("增72", "+72"),
        ("减4", "-4"),
        ("增加 3", "+3"),
        ("减少2项", "-2项"),
        ("新增１", "+１"),
        ("增约3", "增约3"),
        ("7", "7"),
    ],
)
def test_a_change_told_in_words_has_its_sign(text: str, told: str):
    assert signed(text) == told
    assert is_figure(text) == (text != "增约3")


@pytest.mark.parametrize(
    ("cells", "starts"),
    [
        (["1", "2", "3"], [0]),
        (["1", "2", "3", ""], [0]),
        (["", "1", "2", "3"], [1]),
        (["", "1", "", "3", ""], [1]),
        (["", "1", "2", ""], [0, 1]),
        (["", "", "", ""], [0, 1]),
        (["1", "", "", "4"], []),
        (["1", "2"], []),
    ],
)
def test_where_the_figures_among_spare_blanks_may_begin(cells: list[str], starts: list[int]):
    assert spare_starts([Cell(text, 0, at) for at, text in enumerate(cells)], 3) == starts
