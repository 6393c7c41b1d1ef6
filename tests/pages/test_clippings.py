"""Printed cells as one small picture: with the labels beside them, without what lies between."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from ogi.pages.clippings import LARGEST, clipping, named_cell
from ogi.readers.document import Box

RED, BLUE, GREEN = "#c00000", "#0000c0", "#00a000"
LABELS = 200.0
"""Where the figures begin, in points."""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A page of 595 × 842 points at 144 dpi: twenty rows of 30 points, each a dark label and two cells."""
    page = Image.new("RGB", (1190, 1684), "white")
    draw = ImageDraw.Draw(page)
    for row in range(20):
        y = 200 + 60 * row
        draw.rectangle((80, y + 20, 360, y + 40), fill="black")
        draw.rectangle((420, y + 10, 580, y + 50), fill="#404040" if row % 2 else "#909090")
        draw.rectangle((620, y + 10, 780, y + 50), fill="#c0c0c0")
    path = tmp_path / "report.png"
    page.save(path, dpi=(144, 144))
    return path


def cell(row: int, column: int = 0) -> Box:
    top = 100 + 30.0 * row
    return Box(1, 205 + 100.0 * column, top, 295 + 100.0 * column, top + 30)


def picture(path: Path, *cells: Box) -> Image.Image:
    uri = clipping(path, cells, [LABELS])
    assert uri is not None
    return Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))).convert("L")


def test_a_cell_comes_with_the_label_of_its_row_and_without_its_neighbours(sheet: Path) -> None:
    found = picture(sheet, cell(2))
    middle = [found.getpixel((x, found.height // 2)) for x in range(found.width)]
    assert middle[0] < 80, "begins with the label"
    assert any(120 < grey < 170 for grey in middle), "the cell"
    assert not any(185 < grey < 200 for grey in middle), "the cell beside it"
    assert found.height < 45 * 130 / 72


def test_a_cell_whose_middle_is_level_with_the_end_of_a_row_is_of_the_row(sheet: Path) -> None:
    tall = Box(1, 305, 100, 395, 160)
    row, apart = picture(sheet, cell(0), tall), picture(sheet, cell(0), tall._replace(bottom=160.1))
    assert row.height < 70 * 130 / 72 < apart.height


def test_rows_between_the_cells_are_left_out(sheet: Path) -> None:
    far, near = picture(sheet, cell(0), cell(19)), picture(sheet, cell(0), cell(1))
    assert abs(far.height - near.height) <= 8
    assert far.width == near.width
    whole = picture(sheet, *(cell(row) for row in range(20)))
    assert whole.height > 8 * far.height * whole.width / far.width


def test_cells_of_one_row_are_one_strip(sheet: Path) -> None:
    both, one = picture(sheet, cell(2, 0), cell(2, 1)), picture(sheet, cell(2, 0))
    assert abs(both.height - one.height) <= 1
    assert both.width > one.width


def test_where_no_label_stands_beside_it_the_head_above_is_shown(sheet: Path) -> None:
    blank = Image.open(sheet)
    blank.paste("white", (0, 0, 400, 1684))
    blank.save(sheet, dpi=(144, 144))
    found = picture(sheet, cell(3))
    assert found.height > 90 * 60 / 72
    assert found.width >= 99 * 130 / 72


def test_a_cell_beside_that_is_not_meant_is_not_cut_through(sheet: Path) -> None:
    blank = Image.open(sheet)
    blank.paste("white", (0, 0, 400, 1684))
    blank.save(sheet, dpi=(144, 144))
    edges = [cell(3, column).x0 for column in (0, 1)]
    uri = clipping(sheet, [cell(3, 1)], edges)
    assert uri is not None
    shown = Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))
    points = shown.width / (shown.height / (90 + 30 + 3))
    assert points == pytest.approx(cell(3, 1).x1 + 3 - (edges[0] - 3), abs=2)


def test_no_picture_is_larger_than_a_page_can_bear(tmp_path: Path) -> None:
    noise = Image.effect_noise((2400, 1600), 120).convert("RGB")
    noise.save(tmp_path / "noise.png", dpi=(144, 144))
    uri = clipping(
        tmp_path / "noise.png", [Box(1, 300, 10.0 * n, 900, 10.0 * n + 10) for n in range(1, 70)], [280]
    )
    assert uri is not None
    assert len(base64.b64decode(uri.partition(",")[2])) <= LARGEST


@pytest.mark.parametrize("name", ["gone.png", "2023.html"])
def test_what_cannot_be_drawn_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "2023.html").write_text("<p>")
    assert clipping(tmp_path / name, [cell(0)], [LABELS]) is None


def test_a_box_off_the_page_is_none(sheet: Path) -> None:
    assert clipping(sheet, [Box(1, 205, 900, 295, 930)], [LABELS]) is None
    assert clipping(sheet, [Box(2, 205, 100, 295, 130)], [LABELS]) is None


def headed(sheet: Path, above: str = "white") -> Path:
    """The sheet with a head over each column between two rules, and a line of print above the table."""
    page = Image.open(sheet)
    draw = ImageDraw.Draw(page)
    for x in range(40, 1100, 24):  # words, with blanks between them
        draw.rectangle((x, 60, x + 12, 90), fill=above)
    for y in (110, 198):
        draw.line((40, y, 1100, y), fill="black", width=3)
    draw.rectangle((420, 130, 580, 180), fill=BLUE)
    draw.rectangle((620, 130, 780, 180), fill=GREEN)
    page.save(sheet, dpi=(144, 144))
    return sheet


def hues(found: Image.Image) -> set[str]:
    """Which of the colours of heads and lines are in the picture."""
    known = {RED: (192, 0, 0), BLUE: (0, 0, 192), GREEN: (0, 160, 0)}
    pixels = {pixel for _, pixel in found.getcolors(1 << 24) or []}
    return {name for name, colour in known.items() if colour in pixels}


def test_one_cell_comes_with_the_label_of_its_row_and_the_head_of_its_column(sheet: Path) -> None:
    """A bare “8” proves nothing."""
    page = headed(sheet, RED)
    found = named_cell(page, cell(3), [cell(3), cell(3, 1)], cell(0), 0.0, [LABELS])
    assert hues(found) == {BLUE}, "neither the line above the table nor the head of the column beside it"
    line = found.convert("L").crop((0, found.height - 28, found.width, found.height - 27))
    greys = [line.getpixel((x, 0)) for x in range(line.width)]
    assert greys[0] < 80, "begins with the label"
    assert any(50 < grey < 80 for grey in greys[len(greys) * 2 // 3 :]), "the cell"
    assert not any(185 < grey < 200 for grey in greys), "the cell beside it"
    assert found.height < (45 + 30 + 8) * 130 / 72
    other = named_cell(page, cell(3, 1), [cell(3), cell(3, 1)], cell(0, 1), 0.0, [LABELS])
    assert hues(other) == {GREEN}


def test_where_no_label_stands_beside_it_the_cells_of_its_item_come_with_their_heads(sheet: Path) -> None:
    blank = Image.open(headed(sheet))
    blank.paste("white", (0, 200, 400, 1684))
    blank.save(sheet, dpi=(144, 144))
    found = named_cell(sheet, cell(0), [cell(0), cell(0, 1)], cell(0), 0.0, [LABELS])
    assert hues(found) == {BLUE, GREEN}
    assert found.width < 220 * 130 / 72


def test_a_head_begins_below_the_figures_above_it(sheet: Path) -> None:
    """Above the second block of a table stand the figures of the first."""
    page = headed(sheet, RED)
    above = named_cell(page, cell(3), [cell(3)], cell(3), 100 + 30 * 3.0, [LABELS])
    assert hues(above) == set()
