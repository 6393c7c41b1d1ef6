"""Pictures made upright, straight and grey, each page of a sheet by itself."""

from __future__ import annotations

import numpy as np
import pytest

from ogi.readers.document import Box
from ogi.readers.scan.seals import without_back, without_seals
from ogi.readers.scan.square import squared
from ogi.readers.scan.views import skew, views
from tests.readers.scans import Sheet

XS, YS = (200, 700, 1000, 1400), (500, 600, 700, 800)


def printed(width: int = 1654, height: int = 2339, shift: int = 0) -> Sheet:
    sheet = Sheet(width, height)
    for row in range(12):
        sheet.line("政府信息公开工作年度报告" * 2, 200 + shift, 900 + 90 * row)
    cells = [(f"{row}{column}", column, row, column + 1, row + 1) for row in range(3) for column in range(3)]
    sheet.table([x + shift for x in XS], YS, cells)
    return sheet


def gray(sheet: Sheet, degrees: float = 0.0) -> np.ndarray:
    return without_seals(sheet.scanned(degrees, noise=6)).gray


@pytest.mark.parametrize("degrees", [-4.0, -1.5, -0.4, 0.0, 0.7, 1.5, 6.0])
def test_the_skew_of_a_page_is_found(degrees):
    assert skew(gray(printed(), degrees)) == pytest.approx(-degrees, abs=0.06)


def test_a_white_page_has_no_skew():
    assert skew(np.full((1200, 800), 255, np.uint8)) == 0.0


def test_a_view_of_a_turned_page_is_straight():
    (view,) = views(gray(printed(), 1.5))
    assert abs(skew(view.gray)) < 0.05


@pytest.mark.parametrize("degrees", [0.0, 1.3, -2.0])
def test_a_box_lies_where_the_picture_has_it(degrees):
    """A corner of the table, followed through the turn of the sheet and back."""
    (view,) = views(gray(printed(), degrees))
    dark = np.argwhere(view.gray[: int(700 * view.unit / 2.78)] < 100)
    top, left = dark.min(axis=0)
    box = view.box((left, top, left + 3, top + 3), 4, 72 / 200)
    a, x, y = np.radians(degrees), XS[0] - 827, YS[0] - 1169.5
    turned = np.cos(a) * x + np.sin(a) * y + 827, np.cos(a) * y - np.sin(a) * x + 1169.5
    assert box.page == 4
    assert (box.x0, box.top) == pytest.approx([at * 72 / 200 for at in turned], abs=2)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_box_on_a_turned_picture_lies_on_the_picture_as_it_is(turns):
    upright = gray(printed())
    (view,) = views(np.rot90(upright, -turns), turns)
    x0, y0, x1, y1 = (round(at * view.unit / (200 / 72)) for at in (XS[0], YS[0], XS[1], YS[1]))
    box = view.box((x0, y0, x1, y1), 1, 1.0)
    marked = np.zeros_like(upright)
    marked[YS[0] : YS[1], XS[0] : XS[1]] = 1
    ys, xs = np.nonzero(np.rot90(marked, -turns))
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx(
        (xs.min(), ys.min(), xs.max(), ys.max()), abs=4
    )


def test_two_pages_on_a_sheet_are_two_views():
    sheet = printed(width=3308)
    sheet.image.paste(printed().image, (1654, 0))
    left, right = views(gray(sheet, 0.5))
    assert left.gray.shape[0] == right.gray.shape[0] == 2339
    assert left.box((0, 0, 9, 9), 1, 1.0).x0 < 1654 / 2 < right.box((20, 0, 29, 9), 1, 1.0).x0


def test_a_wide_page_whose_table_spans_its_middle_is_one_view():
    sheet = Sheet(2339, 1654)
    sheet.table((200, 1000, 1900), (200, 300, 400), [("左", 0, 0, 1, 1), ("右", 1, 0, 2, 1)])
    for row in range(8):
        sheet.line("政府信息公开工作年度报告" * 4, 150, 500 + 80 * row)
    assert len(list(views(gray(sheet)))) == 1


def test_a_red_seal_goes_and_the_print_below_it_stays():
    sheet = Sheet(800, 800)
    sheet.pen.rectangle((100, 395, 700, 405), fill="black")
    sheet.seal(240, 240)
    plain = without_seals(sheet.scanned(quality=85)).gray.copy()
    assert plain[395:405, 150:650].max() < 110, "the black line is whole"
    plain[385:416] = 255
    assert plain.min() > 150, "nothing else is dark"


def test_black_print_is_left_as_it_is():
    sheet = Sheet(800, 300)
    sheet.line("黑色文字 12345", 50, 100)
    scanned = sheet.scanned(quality=85)
    assert np.abs(without_seals(scanned).gray.astype(int) - scanned.mean(axis=2)).max() < 16


def test_a_seal_copied_in_grey_goes_and_its_place_is_told():
    sheet = Sheet()
    sheet.pen.rectangle((300, 995, 1300, 1005), fill="black")
    for row in range(8):
        sheet.line("政府信息公开工作年度报告", 150, 200 + 80 * row)
    plain = without_seals(sheet.scanned(noise=4).mean(axis=2).astype(np.uint8))
    assert plain.stamps == ()
    sheet.seal(640, 840)
    sealed = without_seals(sheet.scanned(noise=4).mean(axis=2).astype(np.uint8))
    ((x, y, width, height),) = sealed.stamps
    assert abs(x - 640) < 15
    assert abs(y - 840) < 15
    assert 300 < width < 350
    assert 300 < height < 350
    assert sealed.is_stamped(Box(1, 900, 1100, 960, 1180), 1.0)
    assert not sealed.is_stamped(Box(1, 1000, 1100, 1100, 1180), 1.0)
    inside = sealed.gray[840:1160, 640:960].copy()
    assert inside[156:164].max() < 140, "the black line is whole"
    inside[145:175] = 255
    assert (inside < 150).mean() < 0.01, "the ring and what it holds are gone"


def test_what_shows_through_goes_and_pale_print_stays():
    front, back = printed(), Sheet()
    for row in range(12):
        back.line("反面的字反面的字反面的字", 250, 1100 + 90 * row)
    through = np.asarray(back.image.convert("L"), np.float32)[:, ::-1]
    both = np.asarray(front.image.convert("L"), np.float32) * (1 - 0.3 * (255 - through) / 255)
    (view,) = views(both.astype(np.uint8))
    (alone,) = views(np.asarray(front.image.convert("L")))
    dark = (alone.gray < 190).sum()
    assert (view.gray < 190).sum() > 1.2 * dark
    assert (without_back(view).gray < 190).sum() == pytest.approx(dark, rel=0.06)
    pale = 150 + np.asarray(front.image.convert("L")) // 3
    (faint,) = views(pale.astype(np.uint8))
    assert (without_back(faint).gray < 215).sum() > 0.9 * (faint.gray < 215).sum()


def test_a_few_words_that_show_through_go_and_pale_ruling_stays():
    front, back = printed(), Sheet()
    front.table(
        (200, 700, 1200),
        (1700, 1760, 1820, 1880),
        [("", c, r, c + 1, r + 1) for c in (0, 1) for r in (0, 1, 2)],
    )
    plain = np.asarray(front.image.convert("L"))
    pale = plain.copy()
    pale[1690:1890] = np.where(plain[1690:1890] < 128, 175, 255)
    (ruled,) = views(pale)
    assert without_back(ruled) is ruled, "a few lines are no signs"
    for row in (0, 1):
        back.line("反面的一行标题文字反面的一行标题文字", 300, 1700 + 80 * row, 50)
    through = np.asarray(back.image.convert("L"), np.float32)[:, ::-1]
    (seen,) = views((plain * (1 - 0.3 * (255 - through) / 255)).astype(np.uint8))
    assert without_back(seen).taken is not None


def test_the_edges_of_a_photographed_sheet_are_not_taken_for_its_table():
    sheet = printed().scanned()
    photo = np.full_like(sheet, 60)
    photo[25:-25, 25:-40] = sheet[25:-25, 25:-40]
    edge = 20 + np.linspace(0, 25, 2339)[:, None, None]
    photo[:, :45] = np.where(np.arange(45)[None, :, None] < edge, 60, 240)
    (view,) = views(photo.mean(axis=2).astype(np.uint8))
    assert squared(view) is view
