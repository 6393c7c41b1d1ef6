"""Ruling lines to cells with spans, and the print within them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

from ogi.readers.scan.ink import in_lines, ink_of, line_height, without_ruling
from ogi.readers.scan.ruling import RuledTable, find_tables, ruled_parts
from ogi.readers.scan.seals import without_seals
from ogi.readers.scan.square import squared
from ogi.readers.scan.views import View, views
from tests.readers.scans import Sheet

XS, YS = (200, 420, 640, 860, 1080), (300, 360, 420, 480, 540)
CELLS = [
    ("申请人情况", 0, 0, 4, 1), ("三、\n本\n年", 0, 1, 1, 4), ("12", 1, 1, 2, 2), ("3", 2, 1, 3, 2),
    ("4", 3, 1, 4, 2), ("", 1, 2, 3, 3), ("7", 3, 2, 4, 4), ("8", 1, 3, 2, 4), ("—", 2, 3, 3, 4),
]  # fmt: skip
PLACE_OF_BLANK = 5
PLACES = [(top, left, bottom - top, right - left) for _, left, top, right, bottom in CELLS]


def view(sheet: Sheet, degrees: float = 0.0, noise: float = 6) -> View:
    (found,) = views(without_seals(sheet.scanned(degrees, noise)).gray)
    return found


def table(cells=CELLS, gap: tuple[int, int, int, int] | None = None) -> Sheet:
    sheet = Sheet()
    for row in range(9):
        sheet.line("本年度主动公开政府信息工作情况" * 2, 200, 900 + 90 * row)
    sheet.table(XS, YS, cells)
    if gap is not None:
        sheet.pen.rectangle(gap, fill="white")
    return sheet


def only_table(seen: View) -> RuledTable:
    (found,), _ = find_tables(seen)
    return found


def places(seen: View) -> list[tuple[int, int, int, int]]:
    cells = only_table(seen).cells
    return [(cell.top, cell.left, cell.bottom - cell.top, cell.right - cell.left) for cell in cells]


@pytest.mark.parametrize("degrees", [0.0, 1.5, -0.8])
def test_merged_cells_have_their_spans(degrees):
    seen = view(table(), degrees)
    assert places(seen) == sorted(PLACES)
    assert all(cell.certain for cell in only_table(seen).cells)


def test_a_gap_in_a_line_joins_no_cells():
    gap = (XS[2] + 60, YS[1] - 4, XS[2] + 120, YS[1] + 6)
    assert places(view(table(gap=gap))) == sorted(PLACES)


def test_a_table_cut_off_below_keeps_its_last_row():
    gap = (XS[0] - 5, YS[4] - 6, XS[4] + 5, YS[4] + 6)
    assert places(view(table(gap=gap))) == sorted(PLACES)


def test_a_cell_with_a_wall_inside_is_left_in_parts_that_are_uncertain():
    """The line between 12 and 3, and the one between 3 and the blank below it, are lost."""
    sheet = table()
    sheet.pen.rectangle((XS[2] - 4, YS[1] + 6, XS[2] + 6, YS[2] - 4), fill="white")
    sheet.pen.rectangle((XS[2] + 6, YS[2] - 4, XS[3] - 4, YS[2] + 6), fill="white")
    cells = only_table(view(sheet)).cells
    assert {(cell.top, cell.left) for cell in cells if not cell.certain} == {(1, 1), (2, 1)}


def test_a_stroke_that_runs_into_a_line_is_no_wall_and_stays_print():
    """The left side of a 0 and what shows through below it, from a fourth of the row down to its line."""
    sheet = table()
    x = (XS[2] + XS[3]) // 2
    sheet.pen.rectangle((x, YS[2] + 20, x + 3, YS[3]), fill="black")
    seen = view(sheet)
    (found,), mask = find_tables(seen)
    assert places(seen) == sorted(PLACES)
    ink = ink_of(without_ruling(seen, mask), found.rect_of(found.cells[PLACE_OF_BLANK]))
    assert ink.touches


def test_strokes_of_print_as_high_as_their_row_are_no_walls():
    """Of characters one below the other, so that their strokes look like a line that goes on."""
    xs, ys = (200, 640, 860), (300, 332, 364, 396, 428)
    cells = [("行政规范性文件事业情申", 0, row, 1, row + 1) for row in range(4)]
    cells += [(str(row), 1, row, 2, row + 1) for row in range(4)]
    sheet = table(CELLS[:0])
    sheet.table(xs, ys, cells, size=33)
    found = only_table(view(sheet, noise=0))
    assert len(found.cells) == len(cells)
    assert len(found.xs) == len(xs)


def test_a_heading_that_touches_a_table_is_no_row_of_it():
    sheet = table()
    sheet.line("三、收到和处理政府信息公开申请情况", XS[0], YS[4] - 10, 44)
    assert places(view(sheet)) == sorted(PLACES)


def test_a_line_that_is_broken_at_a_crossing_is_still_a_wall():
    gap = (XS[3] - 6, YS[3] + 4, XS[3] + 6, YS[3] + 22)
    cells = [(text, *at) for text, *at in CELLS if at != [3, 2, 4, 4]]
    cells += [("7", 3, 2, 4, 3), ("9", 3, 3, 4, 4), ("6", 2, 3, 3, 4)]
    whole = places(view(table(cells)))
    assert places(view(table(cells, gap=gap))) == whole


@pytest.mark.parametrize(("sealed", "parts"), [(True, 1), (False, 2)])
def test_a_piece_that_a_seal_cut_out_of_a_table_is_part_of_it(sealed, parts):
    gray, hidden = np.full((900, 900), 250, np.uint8), np.zeros((900, 900), np.uint8)
    for low, high in ((100, 800), (300, 600)):
        cv2.rectangle(gray, (low, low), (high, high), (0,), 3)
    cv2.circle(hidden, (350, 350), 270, (1,), 40)
    seen = View(gray, np.eye(3), 2.0, hidden=hidden if sealed else None)
    assert sum(bool(part.down.any()) for part in ruled_parts(seen)) == parts


def test_running_text_and_a_lone_frame_are_no_tables():
    sheet = Sheet()
    for row in range(20):
        sheet.line("本年度主动公开政府信息工作情况" * 2, 200, 300 + 70 * row, 44)
    sheet.pen.rectangle((150, 250, 1550, 1750), outline="black", width=3)
    assert find_tables(view(sheet))[0] == []


def inks(cells, *, dirt: int = 0):
    sheet = table(cells)
    for speck in range(dirt):
        sheet.pen.rectangle(
            (XS[1] + 30 + 9 * speck, YS[2] + 30, XS[1] + 31 + 9 * speck, YS[2] + 31), fill="black"
        )
    scanned = view(sheet)
    (found,), mask = find_tables(scanned)
    page = without_ruling(scanned, mask)
    raw = {(cell.top, cell.left): ink_of(page, found.rect_of(cell)) for cell in found.cells}
    height = line_height(raw.values(), page.unit)
    return {place: in_lines(ink, page, height) for place, ink in raw.items()}


def test_lines_of_print_are_found_and_blank_cells_are_blank():
    found = inks(CELLS)
    lines = {place: len(ink.lines) for place, ink in found.items()}
    assert lines == {
        (0, 0): 1, (1, 0): 3, (1, 1): 1, (1, 2): 1, (1, 3): 1, (2, 1): 0, (2, 3): 1, (3, 1): 1, (3, 2): 1
    }  # fmt: skip
    assert not any(ink.touches or ink.doubtful for ink in found.values())


def test_specks_do_not_fill_a_blank_cell():
    assert inks(CELLS, dirt=6)[(2, 1)].lines == ()


def test_a_level_stroke_beside_a_number_is_left_out_and_leaves_a_doubt():
    sheet = table()
    sheet.pen.rectangle((XS[1] + 90, YS[1] + 8, XS[1] + 125, YS[1] + 10), fill="black")
    scanned = view(sheet)
    (found,), mask = find_tables(scanned)
    page = without_ruling(scanned, mask)
    rects = [found.rect_of(cell) for cell in found.cells if (cell.top, cell.left) in ((1, 1), (2, 3))]
    number, dash = (in_lines(ink_of(page, rect), page, 24) for rect in rects)
    assert (len(number.lines), number.doubtful) == (1, True)
    assert (len(dash.lines), dash.doubtful) == (1, False), "a dash alone is a mark"


def test_print_that_runs_into_a_line_is_known():
    wide = [("123456789012345" if cell[0] == "3" else cell[0], *cell[1:]) for cell in CELLS]
    assert inks(wide)[(1, 2)].touches


def test_ruling_alone_is_no_ink():
    found = inks([("", *cell[1:]) for cell in CELLS])
    assert not any(ink.lines or ink.touches for ink in found.values())


def aslant(shift: int) -> View:
    """The table as a photograph from the side shows it: its lower edge moved right by so many pixels."""
    picture = table().image.transform(
        (1654, 2339), Image.Transform.AFFINE, (1, -shift / 2339, 0, 0, 1, 0), fillcolor="white"
    )
    (seen,) = views(np.array(picture.convert("L")))
    return seen


def test_a_table_seen_aslant_is_made_a_rectangle():
    seen = aslant(120)
    assert not all(cell.certain for cell in only_table(seen).cells), "as it is, it is doubtful"
    straight = squared(seen)
    assert places(straight) == sorted(PLACES)
    assert all(cell.certain for cell in only_table(straight).cells)


def test_a_box_of_a_table_seen_aslant_lies_where_the_picture_has_it():
    seen = squared(aslant(120))
    x0, y0, *_ = only_table(seen).rect
    box = seen.box((x0, y0, x0 + 3, y0 + 3), 1, 1.0)
    assert (box.x0, box.top) == pytest.approx((XS[0] + YS[0] * 120 / 2339, YS[0]), abs=5)


def test_a_square_view_is_left_as_it_is():
    seen = view(table())
    assert squared(seen) is seen
