"""The lattice of ruling lines, and the cells it makes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ogi.arrays import BoolArray
from ogi.readers.lattice import LatticeCell, cells_of, closed, with_missing_sides, without_dead_ends
from ogi.readers.pdf import lattice_of
from tests.readers.pdf_made import Page, written

WHOLE = np.ones((2, 3), bool), np.ones((3, 2), bool)
"""Walls of a lattice of two rows and two columns."""


def walls(
    no_down: Sequence[tuple[int, int]] = (), no_across: Sequence[tuple[int, int]] = ()
) -> tuple[BoolArray, BoolArray]:
    """The same lattice without some of its walls."""
    down, across = WHOLE[0].copy(), WHOLE[1].copy()
    for place in no_down:
        down[place] = False
    for place in no_across:
        across[place] = False
    return down, across


def test_each_field_between_walls_is_a_cell() -> None:
    assert cells_of(*WHOLE) == [
        LatticeCell(0, 0, 1, 1), LatticeCell(0, 1, 1, 2), LatticeCell(1, 0, 2, 1), LatticeCell(1, 1, 2, 2),
    ]  # fmt: skip


def test_fields_without_a_wall_between_are_one_cell() -> None:
    upper_merged = cells_of(*walls(no_down=[(0, 1)]))
    assert upper_merged == [LatticeCell(0, 0, 1, 2), LatticeCell(1, 0, 2, 1), LatticeCell(1, 1, 2, 2)]


def test_an_area_that_is_no_rectangle_is_left_in_parts_that_are_uncertain() -> None:
    cells = cells_of(*walls(no_down=[(0, 1)], no_across=[(1, 0)]))
    assert [cell for cell in cells if not cell.certain] == [
        LatticeCell(0, 0, 1, 2, certain=False), LatticeCell(1, 0, 2, 1, certain=False),
    ]  # fmt: skip


def test_an_area_that_is_open_to_the_outside_is_no_cell() -> None:
    assert cells_of(*walls(no_across=[(0, 1)])) == [
        LatticeCell(0, 0, 1, 1), LatticeCell(1, 0, 2, 1), LatticeCell(1, 1, 2, 2),
    ]  # fmt: skip


def test_a_box_in_a_cell_parts_it_only_where_a_line_may_be_lost() -> None:
    down, across = np.ones((3, 4), bool), np.ones((4, 3), bool)
    down[0, 1:3] = down[2, 1:3] = across[1:3, 0] = across[1:3, 2] = False
    whole, box = LatticeCell(0, 0, 3, 3), LatticeCell(1, 1, 2, 2)
    assert cells_of(down, across, may_hold_boxes=True) == [whole, box]
    assert [cell for cell in cells_of(down, across) if cell.certain] == [box]


def test_a_merged_cell_that_a_page_break_opens_is_closed() -> None:
    down, across = walls(no_across=[(2, 0)])
    assert closed(down, across).all()
    down[1, 0] = False
    assert not closed(down, across)[2, 0]


def test_a_line_that_leads_nowhere_parts_no_cell() -> None:
    down, across = walls(no_down=[(0, 1), (1, 1)], no_across=[(1, 1)])
    assert cells_of(*without_dead_ends(down, across)) == [LatticeCell(0, 0, 2, 2)]


@pytest.mark.parametrize(("end", "ends"), [(108.0, [0, 100]), (108.1, [0, 100, 108.1])])
def test_lines_that_stick_out_tell_of_a_missing_side(end: float, ends: list[float]) -> None:
    assert with_missing_sides([0, 100], [(0, end), (0, end)], reach=8, fewest=2) == ends


def test_one_line_that_sticks_out_tells_of_none() -> None:
    assert with_missing_sides([0, 100], [(0, 120), (0, 100)], reach=8, fewest=2) == [0, 100]


def test_strokes_that_begin_at_the_last_line_tell_of_no_missing_side() -> None:
    """Those of a heading that touches the table."""
    assert with_missing_sides([0, 100], [(0, 100), (0, 100), (97, 120), (93, 120)], reach=8, fewest=2) == [
        0,
        100,
    ]


def test_the_lattice_of_a_page_can_be_drawn(tmp_path: Path) -> None:
    page = Page().frame(50, 100, 150, 120).frame(150, 100, 250, 120).text(60, 114, "规章")
    path = tmp_path / "made.pdf"
    path.write_bytes(written(Page(), page))
    assert lattice_of(path, 1) == ([], [])
    lines, cells = lattice_of(path, 2)
    assert (50.0, 100.0, 50.0, 120.0) in [tuple(map(round, line)) for line in lines]
    assert [tuple(map(round, cell)) for cell in cells] == [(50, 100, 150, 120), (150, 100, 250, 120)]
    with pytest.raises(IndexError, match="page 3 of 2"):
        lattice_of(path, 3)
