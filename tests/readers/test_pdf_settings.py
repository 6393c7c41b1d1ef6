"""Numbers of the PDF reader at their edges: what lies on either side of one is read differently."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from ogi.readers.document import Box, Cell, Grid, Method, Paragraph
from ogi.readers.pdf.images import pictures_of
from ogi.readers.pdf.judge import at_one_place
from ogi.readers.pdf.lines import TextLine, rows_of, text_of
from ogi.readers.pdf.marks import UNKNOWN, Char, Image, PageMarks, char_at
from ogi.readers.pdf.paragraphs import PageParts, blocks
from ogi.readers.pdf.picture import OtherInk
from ogi.readers.pdf.places import fill_table
from ogi.readers.pdf.reread import with_doubt, with_lines_reread
from ogi.readers.pdf.ruled import ruled_tables
from ogi.readers.pdf.strokes import dotted, lines
from ogi.readers.pdf.two_up import halves

PAGE = (0.0, 0.0, 400.0, 500.0)


def char(text: str, x0: float, *, baseline: float = 100.0, size: float = 10.0) -> Char:
    return char_at(text, x0, x0 + size, baseline, size)


# --- characters → lines of text ---------------------------------------------------------------------


@pytest.mark.parametrize(("size", "down", "rows"), [(20, 2.9, 1), (20, 3.1, 2), (4, 1.7, 1), (4, 1.9, 2)])
def test_a_line_takes_baselines_so_far_apart(size: float, down: float, rows: int) -> None:
    pair = [char("甲", 0, size=size), char("乙", 50, baseline=100 + down, size=size)]
    assert len(rows_of(pair)) == rows


@pytest.mark.parametrize(
    ("texts", "size", "gap", "read"),
    [
        ("甲乙", 10, 5.9, "甲乙"),
        ("甲乙", 10, 6.1, "甲 乙"),
        ("ab", 20, 1.9, "ab"),
        ("ab", 20, 2.1, "a b"),
        ("ab", 4, 0.9, "ab"),
        ("ab", 4, 1.1, "a b"),
    ],
)
def test_a_gap_so_wide_parts_words(texts: str, size: float, gap: float, read: str) -> None:
    assert text_of([char(texts[0], 0, size=size), char(texts[1], size + gap, size=size)]) == read


@pytest.mark.parametrize(("apart", "pairs"), [(2.4, 1), (2.6, 0)])
def test_characters_so_near_are_at_one_place(apart: float, pairs: int) -> None:
    sizes = np.array([10.0, 10.0])
    assert len(list(at_one_place(np.array([50.0, 50 + apart]), np.array([100.0, 100.0]), sizes))) == pairs


# --- strokes → ruling lines -------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "found"), [(0.9, 0), (1.0, 1)])
def test_a_stroke_is_so_long_at_least(length: float, found: int) -> None:
    box = np.array([(100.0, 50.0, 100 + length, 50.2)])
    assert len(lines(box, PAGE)) == found


@pytest.mark.parametrize(
    ("count", "step", "size", "aside", "found"),
    [
        (5, 4, 1, 0, 0),
        (6, 4, 1, 0, 1),
        (6, 4.1, 1, 0, 0),
        (6, 4, 2, 0, 1),
        (6, 4, 2.1, 0, 0),
        (6, 4, 1, 0.25, 1),
        (6, 4, 1, 0.35, 0),
    ],
)
def test_dots_make_a_line(count: int, step: float, size: float, aside: float, found: int) -> None:
    """So many, so near one another, so small, and so well in line."""
    dots = [(100 + i * step, 50 + i % 2 * aside) for i in range(count)]
    boxes = np.array([(x, y, x + size, y + size) for x, y in dots])
    assert len(dotted(boxes, PAGE)) == found


@pytest.mark.parametrize(("levels", "long", "seen"), [(4, 100, 0), (5, 100, 1), (5, 35, 1), (5, 20, 0)])
def test_a_line_shows_by_so_much_ink_along_so_much_of_it(levels: int, long: int, seen: int) -> None:
    pixels = np.full((60, 120), 200, np.uint8)
    pixels[30, :long] -= levels
    rules = np.array([(0, 30.0, 0.0, 100.0)])
    _, shown = OtherInk(pixels, 1.0, []).shown(rules)
    assert shown.sum() == seen


@pytest.mark.parametrize(("hidden", "ends"), [(11.5, 100.0), (20, 80.0)])
def test_so_much_bare_paper_at_its_end_makes_a_line_shorter(hidden: float, ends: float) -> None:
    pixels = np.full((60, 120), 255, np.uint8)
    pixels[30, : round(100 - hidden)] = pixels[:, 100] = 0  # another line crosses where it would end
    ((*_, end),), _ = OtherInk(pixels, 1.0, []).shown(np.array([(0, 30.0, 0.0, 100.0)]))
    assert end == pytest.approx(ends, abs=1)


@pytest.mark.parametrize(("levels", "drawn"), [(39, False), (40, True)])
def test_so_many_levels_are_something_drawn(levels: int, drawn: bool) -> None:
    pixels = np.full((20, 20), 200, np.uint8)
    pixels[10, 10] -= levels
    assert OtherInk(pixels, 1.0, []).is_within((0.0, 0.0, 20.0, 20.0)) is drawn


@pytest.mark.parametrize(("reach", "cells"), [(7.9, 4), (8.1, 6)])
def test_lines_that_stick_out_so_far_tell_of_a_missing_side(reach: float, cells: int) -> None:
    across = [(0, y, 50.0, 150 + reach) for y in (100.0, 120.0, 140.0)]
    down = [(1, x, 100.0, 140.0) for x in (50.0, 100.0, 150.0)]
    (table,) = ruled_tables(PageMarks(1, 400, 500, [], np.array(across + down))) or ()
    assert len(table) == cells


# --- cells read as pictures -------------------------------------------------------------------------

TWO = (char("1", 40, baseline=35), char("2", 50, baseline=35))
SLIM = tuple(c._replace(x1=c.x0 + 2.9) for c in TWO)
SLENDER = tuple(c._replace(x1=c.x0 + 3.1) for c in TWO)
RAISED = char("3", 60, baseline=31, size=6)


@pytest.mark.parametrize(
    ("chars", "is_struck", "is_sure"),
    [
        (TWO, False, True),
        (TWO, True, False),
        ((char("甲", 100, baseline=90),), True, True),
        ((*TWO, RAISED), False, False),
        (SLIM, False, False),
        (SLENDER, False, True),
    ],
    ids=["plain", "struck", "drawn", "raised_behind", "too_narrow", "narrow"],
)
def test_a_figure_read_by_picture_is_sure_where_its_ink_is_that_of_characters_alike(
    chars: tuple[Char, ...], is_struck: bool, is_sure: bool
) -> None:
    pixels = np.full((60, 120), 255, np.uint8)
    pixels[31, 38:62] -= 255 * is_struck
    ink = OtherInk(pixels, 1.0, [])
    sheet = PageMarks(1, 120, 60, [], np.zeros((0, 4)), other_ink=ink, illegible=chars)
    cell = Cell("12", 0, 0, 1, 1, Box(1, 0, 0, 120, 60), 1.0, Method.OCR)
    (grid,) = with_doubt([Grid((cell,))], [sheet])
    assert isinstance(grid, Grid)
    assert (grid.cells[0].confidence == 1.0) is is_sure


def test_a_scan_is_not_doubted_for_the_text_that_lies_under_it() -> None:
    """Its own ink is what hides that text."""
    ink = OtherInk(np.zeros((60, 120), np.uint8), 1.0, [(40.0, 30.0)])
    grid = Grid((Cell("12", 0, 0, 1, 1, Box(1, 0, 0, 120, 60), 1.0, Method.OCR),))
    assert with_doubt([grid], [PageMarks(1, 120, 60, [], np.zeros((0, 4)), other_ink=ink)]) == [grid]


@pytest.mark.parametrize(("down", "is_sure"), [(2.4, True), (2.6, False)])
def test_ink_so_near_a_side_of_a_cell_is_its_ruling_line(down: float, is_sure: bool) -> None:
    """The picture has ten pixels to a point."""
    pixels = np.full((600, 1200), 255, np.uint8)
    pixels[round(10 * down) - 1, 300:900] = 0
    sheet = PageMarks(1, 120, 60, [], np.zeros((0, 4)), other_ink=OtherInk(pixels, 10.0, []), illegible=TWO)
    cell = Cell("12", 0, 0, 1, 1, Box(1, 0, 0, 120, 60), 1.0, Method.OCR)
    (grid,) = with_doubt([Grid((cell,))], [sheet])
    assert isinstance(grid, Grid)
    assert (grid.cells[0].confidence == 1.0) is is_sure


# --- characters → cells -----------------------------------------------------------------------------


@pytest.mark.parametrize(("bottom", "is_cut"), [(106.5, False), (106.4, True), (103.0, True), (102.9, False)])
def test_a_numeral_is_cut_by_a_line_through_the_inner_half_of_its_ink(bottom: float, is_cut: bool) -> None:
    """The ink of a numeral of ten points begins 8.2 points above the bottom of its box and ends 1.2 above."""
    numeral = Char("5", 30, 35, bottom - 10, bottom, 10)
    boxes = [(x, y, x + 80, y + 50) for x in (0, 80) for y in (50, 100)]
    table, _ = fill_table(boxes, [numeral])
    assert [place.is_cut for place in table.places if place.left == 0] == [is_cut, is_cut]


# --- pages and paragraphs ---------------------------------------------------------------------------


@pytest.mark.parametrize(("sure", "text"), [(0.69, UNKNOWN), (0.7, "二〇二三")])
def test_a_line_read_so_surely_takes_the_place_of_its_characters(
    sure: float, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules[with_lines_reread.__module__]  # by its name the package gives the function `reread`
    monkeypatch.setattr(module, "_readings", lambda path, boxes: [("二〇二三", sure)])
    line = TextLine(UNKNOWN, 1, 50, 100, 90, 110, 10)
    (part,) = with_lines_reread(Path("report.pdf"), [PageParts(1, 500.0, [], [], [line])])
    assert part.lines[0].text == text


def paragraphs(*ends: tuple[float, float]) -> int:
    """How many paragraphs are made of lines in 10 points, each with its left and right end."""
    own = [TextLine("字" * 9, 1, x0, 200 + 20 * i, x1, 210 + 20 * i, 10) for i, (x0, x1) in enumerate(ends)]
    return sum(isinstance(block, Paragraph) for block in blocks([PageParts(1, 500.0, [], [], own)]))


@pytest.mark.parametrize(("lines", "count"), [(2, 3), (3, 1)])
def test_so_many_lines_tell_the_margins_of_a_page(lines: int, count: int) -> None:
    """Else they are those of the page before, beside which the second page's lines are indented."""
    whole = [TextLine("字" * 9, 1, 50, 200 + 20 * i, 350, 210 + 20 * i, 10) for i in range(3)]
    inner = [TextLine("字" * 9, 2, 60, 200 + 20 * i, 350, 210 + 20 * i, 10) for i in range(lines)]
    pages = [PageParts(number, 500.0, [], [], own) for number, own in ((1, whole), (2, inner))]
    assert len(blocks(pages)) == count


@pytest.mark.parametrize(("indent", "count"), [(7.9, 1), (8.1, 2)])
def test_a_line_so_far_in_begins_a_paragraph(indent: float, count: int) -> None:
    assert paragraphs((50, 350), (50 + indent, 350), (50, 350)) == count


@pytest.mark.parametrize(("short", "count"), [(19.9, 1), (20.1, 2)])
def test_a_line_so_short_ends_a_paragraph(short: float, count: int) -> None:
    assert paragraphs((50, 350), (50, 350 - short), (50, 350)) == count


def pictures(*boxes: tuple[float, float, float, float]) -> int:
    """How many pictures of a page are looked at."""
    return len(
        pictures_of(PageMarks(1, 400, 500, [], np.zeros((0, 4)), images=tuple(Image(b, 72) for b in boxes)))
    )


@pytest.mark.parametrize(("wide", "high", "looked"), [(149, 24, 0), (150, 23, 0), (150, 24, 1)])
def test_the_picture_of_a_table_is_so_large(wide: float, high: float, looked: int) -> None:
    assert pictures((0, 0, wide, high)) == looked


@pytest.mark.parametrize(("gap", "looked"), [(2.0, 1), (2.1, 2)])
def test_pictures_so_near_are_one(gap: float, looked: int) -> None:
    assert pictures((0, 0, 160, 30), (0, 30 + gap, 160, 60 + gap)) == looked


@pytest.mark.parametrize(("parts", "looked"), [(200, 0), (201, 1)])
def test_so_many_parts_are_one_picture(parts: int, looked: int) -> None:
    """Each by itself is too small."""
    assert (
        pictures(*[(i % 20 * 15.0, i // 20 * 15.0, i % 20 * 15 + 5, i // 20 * 15 + 5) for i in range(parts)])
        == looked
    )


@pytest.mark.parametrize(
    ("width", "reach", "line", "pages"),
    [(600, 7, 151, 2), (599, 7, 151, 1), (600, 5, 151, 1), (600, 7, 149, 1)],
)
def test_a_sheet_of_two_pages(width: float, reach: float, line: float, pages: int) -> None:
    """It is so wide (of 500 points), free in so much of its middle, and each half has so long a line."""
    ends = [(width / 2 - reach - line, width / 2 - reach), (width / 2 + reach, width / 2 + reach + line)]
    rules = np.array([(0, 100.0, start, end) for start, end in ends])
    assert len(halves([PageMarks(1, width, 500, [char("甲", 20)], rules)])) == pages
