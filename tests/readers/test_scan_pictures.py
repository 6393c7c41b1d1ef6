"""Picture files and PDF pages as pictures, one at a time and bounded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ogi.readers import image_files
from ogi.readers.document import UnreadableFile
from ogi.readers.limits import LIMITS
from ogi.readers.scan.pictures import pictures_of, pictures_of_pdf
from tests.readers.pdf_made import Page, written


def picture(value: int = 255, size: tuple[int, int] = (60, 80), mode: str = "L") -> Image.Image:
    return Image.new("L", size, value).convert(mode)


def test_the_pages_of_a_tiff_come_in_order(tmp_path):
    path = tmp_path / "report.tiff"
    first, *others = (picture(value) for value in (10, 20, 30))
    first.save(path, save_all=True, append_images=others, dpi=(300, 300))
    pages = list(pictures_of(path))
    assert [page.number for page in pages] == [1, 2, 3]
    assert [int(page.pixels[0, 0]) for page in pages] == [10, 20, 30]
    assert all(page.points_per_pixel == pytest.approx(72 / 300) for page in pages)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK"])
def test_every_kind_of_pixels_is_grey_or_rgb_on_white(tmp_path, mode):
    path = tmp_path / ("report.tiff" if mode == "CMYK" else "report.png")
    image = picture(255, mode=mode)
    if mode in ("RGBA", "LA"):
        image.putalpha(0)
    image.save(path)
    (page,) = pictures_of(path)
    assert page.pixels.dtype == np.uint8
    assert page.pixels.shape in ((80, 60), (80, 60, 3))
    assert page.pixels.min() >= 250


@pytest.mark.parametrize(("told", "taken"), [(None, 200), (150, 150), (1, 200), (40_000, 200)])
def test_the_resolution_is_the_files_own_or_assumed(tmp_path, told, taken):
    path = tmp_path / "report.jpg"
    picture().save(path, **({} if told is None else {"dpi": (told, told)}))
    (page,) = pictures_of(path)
    assert page.points_per_pixel == pytest.approx(72 / taken, rel=0.01)


def test_a_picture_of_too_many_pixels_is_not_decoded(tmp_path, monkeypatch):
    path = tmp_path / "report.png"
    picture(size=(300, 300)).save(path)
    monkeypatch.setattr(image_files, "LIMITS", replace(LIMITS, picture_pixels=300 * 299))
    monkeypatch.setattr("ogi.readers.scan.pictures.upright", lambda page: pytest.fail("decoded"))
    with pytest.raises(UnreadableFile, match="million pixels a page, found 300 × 300"):
        list(pictures_of(path))


def test_a_bomb_is_refused_in_one_line(tmp_path):
    path = tmp_path / "report.png"
    Image.new("1", (20_000, 20_000)).save(path)
    with pytest.raises(UnreadableFile, match=r"^[^\n]+million pixels a page[^\n]+$"):
        list(pictures_of(path))


@pytest.mark.parametrize("keep", [0.3, 0.8])
def test_a_damaged_picture_is_refused(tmp_path, keep):
    path = tmp_path / "report.png"
    Image.fromarray(np.random.default_rng(1).integers(0, 255, (90, 90), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[: int(keep * path.stat().st_size)])
    with pytest.raises(UnreadableFile, match="a damaged one"):
        list(pictures_of(path))


def test_another_file_under_a_pictures_name_is_refused(tmp_path):
    path = tmp_path / "report.png"
    path.write_bytes(b"<html>no picture</html>")
    with pytest.raises(UnreadableFile, match="another kind of file"):
        list(pictures_of(path))


def test_pages_of_a_pdf_are_drawn_by_number(samples: Path):
    path = next(samples.glob("*/*.pdf"))
    (page,) = pictures_of_pdf(path, [2])
    assert page.number == 2
    height, width, channels = page.pixels.shape
    assert channels == 3
    assert (width * page.points_per_pixel, height * page.points_per_pixel) == pytest.approx((595, 842), abs=1)


def test_a_damaged_pdf_is_refused(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing\n%%EOF")
    with pytest.raises(UnreadableFile, match="a damaged one"):
        list(pictures_of_pdf(path, [1]))


def test_a_pdf_page_counted_in_units_of_many_points_is_drawn_as_large_as_a4(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(written(Page(), unit=10.0))
    (page,) = pictures_of_pdf(path, [1])
    assert page.pixels.shape[0] * page.points_per_pixel == pytest.approx(842, abs=1)
    assert page.points_per_pixel == pytest.approx(72 / 200)
