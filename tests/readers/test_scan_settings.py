"""Each number of the reader of scans at its edge: what lies on either side of it is read differently."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ogi.readers.document import Cell
from ogi.readers.lattice import LatticeCell
from ogi.readers.scan import pages, recogniser, views
from ogi.readers.scan.cells import _is_figure, _is_wrapped, _text
from ogi.readers.scan.figures import may_be_figure, settled
from ogi.readers.scan.ink import Blob, Ink, Print, in_lines, ink_of, line_height, without_ruling
from ogi.readers.scan.pages import ReadTable, _continued, _is_print
from ogi.readers.scan.pictures import _too_fine, on_sheet
from ogi.readers.scan.recogniser import Glyph
from ogi.readers.scan.ruling import RuledTable
from ogi.readers.scan.seals import without_back, without_seals
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.square import _is_large
from ogi.readers.scan.views import View

UNIT = 10.0
"""Pixels to a point, so that tenths of a point are pixels."""
CELL = (0, 0, 900, 400)


def glyphs(text: str, sure: float = 0.99) -> list[Glyph]:
    return [Glyph(character, sure, (i + 0.5) / len(text), sure) for i, character in enumerate(text)]


def view(gray: np.ndarray, unit: float = UNIT) -> View:
    return View(gray, np.eye(3), unit)


def spots(count: int, width: int, height: int, grey: int, *, apart: int = 60) -> np.ndarray:
    """A page with so many spots of ink."""
    page = np.full((60 * apart // 10 + 400, 2000), 250, np.uint8)
    for n in range(count):
        y, x = 20 + n // 30 * apart, 20 + n % 30 * apart
        page[y : y + height, x : x + width] = grey
    return page


# --- ink ----------------------------------------------------------------------------------------------


def printed(*sizes: tuple[int, int], fringe: tuple[slice, slice] | None = None) -> Print:
    """Pieces of ink of those sizes side by side in a cell; and where they would touch the ruling."""
    ink = np.zeros((400, 900), np.uint8)
    for n, (width, height) in enumerate(sizes):
        ink[100 : 100 + height, 50 + 200 * n : 50 + 200 * n + width] = 1
    edge = np.zeros_like(ink)
    if fringe is not None:
        edge[fringe] = 1
    return Print(np.where(ink > 0, np.uint8(0), np.uint8(250)), ink, edge, UNIT)


@pytest.mark.parametrize(
    ("size", "lines", "doubtful"), [(18, 0, False), (19, 1, True), (25, 1, True), (26, 1, False)]
)
def test_a_piece_of_ink_is_dirt_or_doubtful_by_its_size(size, lines, doubtful):
    ink = ink_of(printed((size, 4)), CELL)
    assert (len(ink.lines), ink.doubtful) == (lines, doubtful)


@pytest.mark.parametrize(("thick", "kept"), [(11, False), (12, True)])
def test_what_lies_along_the_ruling_is_left_over_from_it_by_its_thickness(thick, kept):
    page = printed((60, thick), fringe=(slice(100, 102), slice(0, 900)))
    assert bool(ink_of(page, CELL).lines) is kept


@pytest.mark.parametrize(("grey", "inked"), [(194, True), (195, False)])
def test_ink_is_darker_than_paper_by_a_number(grey, inked):
    gray = np.full((60, 60), grey, np.uint8)
    assert bool(without_ruling(view(gray), np.zeros_like(gray)).ink.any()) is inked


def test_a_table_without_a_long_line_has_the_usual_height():
    assert line_height([Ink()], UNIT) == 85.0


@pytest.mark.parametrize(("height", "lines"), [(35, 1), (36, 2)])
def test_a_level_stroke_above_print_is_no_line_of_print(height, lines):
    """The line height is 100; the print below is wide enough to be several signs."""
    strokes = ((0, 0, 90, height), (0, 250, 161, 340))
    assert len(in_lines(Ink(strokes), printed(), 100).lines) == lines


@pytest.mark.parametrize(("width", "lines"), [(160, 3), (161, 2)])
def test_strokes_beside_several_signs_are_left_out(width, lines):
    found = Ink(((0, 0, 30, 30), (0, 150, width, 240), (0, 340, width, 380)))
    assert len(in_lines(found, printed(), 100).lines) == lines


# --- figures ------------------------------------------------------------------------------------------


def ink(*rects: tuple[int, int, int, int], lean: float = 0.0, top: float = 1.0) -> list[Blob]:
    return [Blob(rect, lean, top) for rect in rects]


def sure_of(text: str, pieces: list[Blob], unit: float = 2.8) -> bool:
    return settled(glyphs(text), glyphs(text), pieces, unit)[1] > SCAN.disputed


@pytest.mark.parametrize(("size", "sure"), [(5, False), (6, True)])
def test_a_decimal_point_has_a_size(size, sure):
    pieces = ink((0, 0, 50, 90), (60, 90 - size, 60 + size, 90), (80, 0, 130, 90))
    assert sure_of("1.5", pieces, UNIT) is sure


@pytest.mark.parametrize(("foot", "point", "comma"), [(98, False, True), (97, True, False)])
def test_a_comma_hangs_below_the_digits(foot, point, comma):
    digits = [(0, 0, 50, 90), (80, 0, 130, 90), (140, 0, 190, 90), (200, 0, 250, 90)]
    pieces = ink(*digits, (60, 80, 70, foot))
    assert sure_of("1.764", pieces, UNIT) is point
    assert sure_of("1,764", pieces, UNIT) is comma


@pytest.mark.parametrize(
    ("lean", "top", "slash"), [(-0.19, 0.69, True), (-0.18, 0.69, False), (-0.19, 0.7, False)]
)
def test_a_slash_leans_and_has_no_bar(lean, top, slash):
    assert sure_of("/", ink((0, 0, 10, 18), lean=lean, top=top)) is slash


@pytest.mark.parametrize(("width", "fitting"), [(85, ["1"]), (86, []), (109, []), (110, ["11"])])
def test_digits_that_touch_are_counted_by_their_width(width, fitting):
    pieces = ink((0, 0, width, 100))
    assert [text for text in ("1", "11") if sure_of(text, pieces, UNIT)] == fitting


def test_a_letter_read_for_a_digit_lowers_the_confidence():
    digits = ink((0, 0, 10, 18), (14, 0, 24, 18))
    assert settled(glyphs("1O"), glyphs("10"), digits, 2.8) == ("10", SCAN.confused)


@pytest.mark.parametrize(("sure", "figure"), [(0.49, True), (0.5, False)])
def test_words_read_poorly_may_be_a_figure(sure, figure):
    assert may_be_figure(glyphs("公开", sure), wide=False) is figure


@pytest.mark.parametrize(("width", "figure"), [(700, True), (701, False)])
def test_what_is_long_is_words(width, figure):
    assert _is_figure([glyphs("公开", 0.3)], Ink(((0, 0, width, 90),)), 100) is figure


@pytest.mark.parametrize(("width", "wrapped"), [(556, True), (555, False)])
def test_a_number_goes_on_in_the_next_line_where_there_was_no_room(width, wrapped):
    """Of a cell 900 wide the padding leaves 740; three digits and room for one more need 4/3 of the width."""
    lines = [glyphs("123"), glyphs("4")]
    inked = Ink(((0, 0, width, 90), (0, 100, 150, 190)))
    assert _is_wrapped(lines, inked, CELL, UNIT) is wrapped


def test_a_number_put_together_is_never_quite_certain():
    lines = [glyphs("12"), glyphs("34")]
    rows = [[(0, y, 50, y + 90), (60, y, 110, y + 90)] for y in (0, 100)]
    inked = Ink(((0, 0, 110, 90), (0, 100, 110, 190)), tuple(b for row in rows for b in ink(*row)))
    assert _text(inked, lines, lines, UNIT) == ("1234", SCAN.wrapped)


# --- back, seals, distortion -----------------------------------------------------------------------


def with_back(signs: int, size: int = 27, grey: int = 200, printed_: int = 200) -> bool:
    """Is something taken off a page with so many pale signs and so much dark print?"""
    page = spots(signs, size, size, grey)
    page[-300:-40, 100 : 100 + 10 * printed_] = 20
    return without_back(view(page)).taken is not None


@pytest.mark.parametrize(("signs", "taken"), [(29, False), (30, True)])
def test_a_few_words_show_through_from_the_back(signs, taken):
    assert with_back(signs) is taken


@pytest.mark.parametrize(("grey", "taken"), [(129, False), (130, True)])
def test_print_is_darker_than_what_shows_through(grey, taken):
    assert with_back(40, grey=grey) is taken


@pytest.mark.parametrize(("grey", "taken"), [(214, True), (215, False)])
def test_paper_is_paler_than_what_shows_through(grey, taken):
    assert with_back(40, size=40, grey=grey) is taken


def test_where_most_ink_is_pale_it_is_the_print():
    assert with_back(40, printed_=10)
    assert not with_back(40, printed_=1)


@pytest.mark.parametrize(("red", "cleaned"), [(40, False), (41, True)])
def test_a_seal_is_so_much_redder(red, cleaned):
    page = np.full((400, 400, 3), 250, np.uint8)
    page[100:200, 100:200, 1:] -= red
    assert (without_seals(page).hidden is not None) is cleaned


@pytest.mark.parametrize(("pixels", "cleaned"), [(199, False), (200, True)])
def test_less_red_than_that_is_grain(pixels, cleaned):
    page = np.full((400, 400, 3), 250, np.uint8)
    page[100, :pixels, 1:] = 150
    assert (without_seals(page).hidden is not None) is cleaned


@pytest.mark.parametrize(
    ("width", "height", "large"), [(2000, 600, True), (1999, 600, False), (2000, 599, False)]
)
def test_a_table_that_tells_the_shape_of_a_page_has_a_size(width, height, large):
    page = view(np.full((1000, 3000), 250, np.uint8))
    assert _is_large(np.zeros((height, width), np.uint8), page) is large


@pytest.mark.parametrize(("width", "large"), [(2880, True), (2881, False)])
def test_what_reaches_from_edge_to_edge_is_the_sheet(width, large):
    page = view(np.full((1000, 3000), 250, np.uint8))
    assert _is_large(np.zeros((600, width), np.uint8), page) is large


# --- views and pictures ----------------------------------------------------------------------------


@pytest.mark.parametrize(("long", "seen"), [(2000, 2339), (2339, 2339), (3508, 3508), (4000, 3508)])
def test_a_view_has_a_bounded_number_of_pixels(long, seen):
    assert round(views._scale((0, 0, long // 2 + 500, long)) * long) == seen


@pytest.mark.parametrize(("height", "long"), [(1699, 1699), (1700, 1000 * 842 / 595)])
def test_a_long_screenshot_is_measured_by_its_width(height, long):
    assert views._unit(np.zeros((height, 1000), np.uint8)) == pytest.approx(long / 842)


@pytest.mark.parametrize(("degrees", "found"), [(0.014, 0.0), (0.016, 0.016)])
def test_a_skew_too_small_to_matter_is_none(monkeypatch, degrees, found):
    page = np.random.default_rng(1).integers(0, 255, (900, 600)).astype(np.uint8)
    monkeypatch.setattr(views, "_sharpest", lambda *_: degrees)
    assert views.skew(page) == found


@pytest.mark.parametrize(("long", "seen"), [(1399, 1399), (1400, 1400), (1401, 1400), (2800, 1400)])
def test_skew_is_looked_for_on_a_small_picture(monkeypatch, long, seen):
    shapes = []
    monkeypatch.setattr(views, "_ink", lambda gray: shapes.append(gray.shape) or gray < 0)
    views.skew(np.zeros((long, 700), np.uint8))
    assert shapes[0][0] == seen


@pytest.mark.parametrize(
    ("size", "less"), [((4000, 5000), 1), ((5000, 5000), 2), ((4959, 5000), 1), ((4960, 5000), 2)]
)
def test_very_fine_pictures_are_made_coarser(size, less):
    assert _too_fine(size) == less


def test_a_pasted_picture_is_laid_on_a_sheet_of_its_width():
    sheet = on_sheet(np.zeros((100, 450), np.uint8), 450)
    assert sheet.pixels.shape == (round(595 * 2**0.5), 595)
    assert np.nonzero(sheet.pixels.min(axis=1) == 0)[0][0] == 30


# --- tables ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("off", "same"), [(0.011, True), (0.013, False)])
def test_column_lines_are_the_same_on_the_next_page(off, same):
    table = ReadTable((Cell("1", 0, 1),), (0.0, 0.5 + off, 1.0), 0)
    assert (_continued(table, (0.0, 0.5, 1.0)) is not None) is same


@pytest.mark.parametrize(("legible", "whole", "table"), [(3, 3, True), (2, 3, False), (3, 2, False)])
def test_a_table_has_legible_and_whole_cells(legible, whole, table):
    places = tuple(LatticeCell(0, n, 1, n + 1, n < whole) for n in range(10))
    cells = [Cell("1", 0, n, confidence=0.9 if n < legible else 0.5) for n in range(10)]
    assert _is_print(RuledTable(places, tuple(range(11)), (0, 1)), cells) is table


def looks_like_table(*, cells=8, columns=3, certain=8, light=250, dark=0, shaded=0, print_=8) -> bool:
    """Is a ruled thing of so many cells a table? `shaded` cells are dark, `print_` cells hold print."""
    gray = np.full((60 * cells, 100 * columns), light, np.uint8)
    places = []
    for n in range(cells):
        row, column = divmod(n, columns)
        x, y = 100 * column, 60 * row
        places.append(LatticeCell(row, column, row + 1, column + 1, n < certain))
        gray[y : y + 60, x : x + 100] = 100 if n >= cells - shaded else light
        if n < print_:
            gray[y + 28 : y + 32, x + 48 : x + 52] = dark
    xs, ys = (tuple(range(0, step * (count + 1), step)) for step, count in ((100, columns), (60, cells)))
    table = RuledTable(tuple(places), xs, ys)
    return pages._is_table(table, view(gray, 2.0), gray)


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        ({}, True),
        ({"cells": 7}, False),
        ({"columns": 2}, False),
        ({"certain": 4}, True),
        ({"certain": 3}, False),
        ({"light": 121, "dark": 40}, True),
        ({"light": 120, "dark": 30}, False),
        ({"cells": 10, "certain": 10, "shaded": 1}, True),
        ({"cells": 10, "certain": 10, "shaded": 2}, False),
        ({"dark": 169}, True),
        ({"dark": 170}, False),
        ({"print_": 1}, True),
        ({"cells": 9, "certain": 9, "print_": 1}, False),
    ],
)
def test_a_picture_of_a_table_has_enough_cells_paper_and_print(thing, expected):
    assert looks_like_table(**thing) is expected


# --- the recogniser ----------------------------------------------------------------------------------


def test_crops_are_made_as_high_as_the_model_wants_and_not_too_long():
    assert recogniser._scaled(np.zeros((96, 400), np.uint8)).shape == (48, 200)
    assert recogniser._scaled(np.zeros((48, 2401), np.uint8)).shape == (48, 2400)
    assert recogniser._scaled(np.zeros((48, 1), np.uint8)).shape == (48, 8)


def test_a_batch_holds_so_many_pixels():
    assert list(recogniser._batches([1600, 1600])) == [[0, 1]]
    assert list(recogniser._batches([1600, 1601])) == [[0], [1]]


@pytest.mark.parametrize(("height", "tiles"), [(1600, 1), (1601, 2)])
def test_a_long_page_is_searched_in_tiles(monkeypatch, height, tiles):
    seen = []
    monkeypatch.setattr(recogniser, "_find_lines", lambda page: seen.append(page.shape) or [])
    recogniser.find_lines(np.zeros((height, 1000), np.uint8))
    assert len(seen) == tiles


def test_a_page_is_shrunk_to_what_the_detector_was_trained_on():
    assert recogniser._shrunk(np.zeros((1000, 1472), np.uint8)).shape == (736, 1083, 3)
    assert cv2.mean(recogniser._shrunk(np.full((736, 900), 7, np.uint8)))[0] == 7
